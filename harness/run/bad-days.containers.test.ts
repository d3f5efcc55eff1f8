import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LabEvent } from '../../model/evidence/event.js';
import { edition } from '../../model/requirements/catalogue.js';
import { coverage } from '../../model/verdict/coverage.js';
import type { ContainersEngine } from '../engines/containers/containers-engine.js';
import type { MachineName } from '../engines/containers/places.js';
import { engineForTests, ownContainers, runtimeForTests } from '../engines/containers/testing.js';
import type { Engine } from '../engines/engine.js';
import { checkSite } from './check.js';
import { runScenario } from './run-scenario.js';
import { signallingBlocked } from './testing.js';

const docker = await runtimeForTests();

describe.skipIf(!docker)('a bad day', () => {
  let engine: ContainersEngine;

  beforeAll(async () => {
    if (docker) engine = await engineForTests(docker);
  });

  async function machine(role: MachineName | 'switch'): Promise<Docker.Container | undefined> {
    const list = docker && (await ownContainers(docker));
    const found = list?.find(({ Names }) => Names.some((name) => name.endsWith(`-${role}`)));
    return found && docker?.getContainer(found.Id);
  }

  /** An engine whose labs lose a machine as soon as something has happened in them. */
  const losing = (role: MachineName | 'switch'): Engine => ({
    name: 'containers',
    settings: {},
    cannot: () => undefined,
    open(site, options) {
      let killed = false;
      const record = (event: LabEvent) => {
        options.record(event);
        if (event.kind !== 'operation' || killed) return;
        killed = true;
        void machine(role).then((container) => container?.kill());
      };
      return engine.open(site, { ...options, record });
    },
    [Symbol.asyncDispose]: async () => {},
  });
  const died = (role: string) =>
    new RegExp(
      `the container of connector-lab-\\w+-${role} ended in the middle of its work \\((exit code 137, killed|how is not known: )`,
    );

  it.each(['gateway', 'server-1', 'switch'] as const)(
    'the death of the %s is the lab’s failure by name, breaks no requirement, and the next one gets a new lab',
    async (role) => {
      const startAt = Date.now();
      const { results } = await runScenario(signallingBlocked, losing(role), { startAt });
      expect(results).toMatchObject({ outcome: 'failed', labFailed: true });
      expect(results.reason).toMatch(died(role));
      expect(results.proves).not.toEqual([]);
      expect(
        coverage([results], { edition, sites: new Map() }).filter(({ verdict }) => verdict !== 'unproven'),
      ).toEqual([]);
      const next = await runScenario(signallingBlocked, engine, { startAt });
      expect(next.results.outcome, next.results.reason).toBe('passed');
    },
  );

  it('a check in which a machine dies says nothing of the site', async () => {
    const out = await mkdtemp(join(tmpdir(), 'connector-lab-died-'));
    const { check, requirements } = await checkSite(signallingBlocked.site, {
      engine: losing('gateway'),
      out,
    });
    expect(check).toMatchObject({ outcome: 'lab-failed', requests: [], incurable: [] });
    expect(check?.differences[0]?.words).toMatch(died('gateway'));
    expect(new Set(requirements.map(({ verdict }) => verdict))).toEqual(new Set(['unproven']));
  });

  it('a machine that dies while nobody uses it is nobody’s failure', async () => {
    const startAt = Date.now();
    await runScenario(signallingBlocked, engine, { startAt });
    const idle = await machine('users');
    await idle?.kill();
    await idle?.wait();
    const { results } = await runScenario(signallingBlocked, engine, { startAt });
    expect(results.outcome, results.reason).toBe('passed');
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
