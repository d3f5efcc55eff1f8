import type Docker from 'dockerode';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LabEvent } from '../../model/evidence/event.js';
import type { ContainersEngine } from '../engines/containers/containers-engine.js';
import { engineForTests, ownContainers, runtimeForTests } from '../engines/containers/testing.js';
import { play } from './play.js';
import { runScenario } from './run-scenario.js';
import { signallingBlocked } from './testing.js';

const docker = await runtimeForTests();

describe.skipIf(!docker)('a bad day', () => {
  let engine: ContainersEngine;

  beforeAll(async () => {
    if (docker) engine = await engineForTests(docker);
  });

  async function machine(role: 'gateway' | 'users'): Promise<Docker.Container | undefined> {
    const list = docker && (await ownContainers(docker));
    const found = list?.find(({ Names }) => Names.some((name) => name.endsWith(`-${role}`)));
    return found && docker?.getContainer(found.Id);
  }

  it('a machine that dies fails its scenario by name, and the next one gets a new lab', async () => {
    const startAt = Date.now();
    let killed = false;
    const record = ({ kind }: LabEvent) => {
      if (kind !== 'operation' || killed) return;
      killed = true;
      void machine('gateway').then((container) => container?.kill());
    };
    await expect(play(signallingBlocked, engine, { startAt, record })).rejects.toThrow(
      /the container of connector-lab-\w+-gateway (ended|was removed)/,
    );
    const next = await runScenario(signallingBlocked, engine, { startAt });
    expect(next.results.outcome, next.results.reason).toBe('passed');
  });

  it('a lab in which a step goes on is not used again', async () => {
    const { site } = signallingBlocked;
    const lab = await engine.open(site, { scenario: 'given-up', startAt: Date.now(), record: () => {} });
    await (await machine('users'))?.pause();
    const step = lab.perform({ do: 'visit', url: site.applications[0]?.external ?? '' });
    const ended = expect(step).rejects.toThrow(/the container of .* (ended|was removed)/);
    await lab[Symbol.asyncDispose]();
    await ended;
    expect(await machine('users')).toBeUndefined();
  });

  it('a dropped connection ends on the evidence of the drop, not on time', async () => {
    const { results: found, events } = await runScenario(signallingBlocked, engine, { startAt: Date.now() });
    expect(found.outcome, found.reason).toBe('passed');
    const attempt = events.find((event) => event.kind === 'attempt' && event.outcome === 'tcp-drop');
    // What a real client would have waited is said; the lab did not wait it.
    expect(attempt).toMatchObject({ waitedMs: 21_000 });
  });
});
