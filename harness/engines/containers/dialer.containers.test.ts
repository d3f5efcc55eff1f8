import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentedSite } from '../../../model/site/documented.js';
import type { Lab } from '../engine.js';
import type { ContainersEngine } from './containers-engine.js';
import { labelOf } from './labels.js';
import { engineForTests, engineSaid, runtimeForTests } from './testing.js';

const docker = await runtimeForTests();
const lists = 'crl3.digicert.com';

describe.skipIf(!docker)('connections from outside into a lab on containers', () => {
  let engine: ContainersEngine;

  beforeAll(async () => {
    if (docker) engine = await engineForTests(docker);
  });

  const open = () =>
    engine.open(documentedSite(), { scenario: 'dialer', startAt: Date.now(), record: () => {} });
  async function connected(lab: Lab, port: number): Promise<Duplex> {
    return lab.dialer()(lists, port);
  }

  it('end with their lab, whose machines are as new', async () => {
    const lab = await open();
    const before = engineSaid.length;
    const stream = await connected(lab, 80);
    stream.resume();
    const closed = new Promise((resolve) => stream.once('close', resolve));
    await lab[Symbol.asyncDispose]();
    await closed;
    expect(stream.destroyed).toBe(true);
    expect(engineSaid.slice(before)).toEqual([]);
    const next = await open();
    expect((await connected(next, 80)).destroyed).toBe(false);
    await next[Symbol.asyncDispose]();
    expect(engineSaid.slice(before)).toEqual([]);
  });

  it('are cut by a change of the site, and can be made anew', async () => {
    const lab = await open();
    const streams = [await connected(lab, 80), await lab.dialer('app-proxy-01')(lists, 80)];
    for (const stream of streams) stream.on('error', () => {}).resume();
    expect(streams.map(({ destroyed }) => destroyed)).toEqual([false, false]);
    await lab.change(documentedSite());
    expect(streams.map(({ destroyed }) => destroyed)).toEqual([true, true]);
    expect((await connected(lab, 80)).destroyed).toBe(false);
    await lab[Symbol.asyncDispose]();
  });

  it('are refused as the network refuses them', async () => {
    const lab = await open();
    await expect(connected(lab, 81)).rejects.toMatchObject({ result: 'tcp-reject' });
    await expect(lab.dialer()('nowhere.contoso.test', 80)).rejects.toMatchObject({
      result: 'dns-nxdomain',
    });
    await lab[Symbol.asyncDispose]();
  });

  it('end when their machine dies', async () => {
    const lab = await open();
    const stream = await connected(lab, 80);
    const list = await docker?.listContainers({ filters: { label: [labelOf.run] } });
    const own = list?.find(
      ({ Names, Labels }) =>
        Labels[labelOf.process]?.startsWith(`${process.pid} `) &&
        Names.some((name) => name.endsWith('-users')),
    );
    const failed = once(stream, 'error');
    await docker?.getContainer(own?.Id ?? '').kill();
    const [error] = await failed;
    expect(String(error)).toMatch(/the container of connector-lab-\w+-users ended/);
    await lab[Symbol.asyncDispose]();
  });
});
