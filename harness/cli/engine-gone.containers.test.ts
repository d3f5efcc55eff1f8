import { mkdtemp, readFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { describe, expect, it } from 'vitest';
import { labelOf } from '../engines/containers/labels.js';
import { sweep } from '../engines/containers/sweep.js';
import { runtimeForTests } from '../engines/containers/testing.js';
import { runResultsSchema } from '../verdict/results.js';
import { ended, finishedBy, folder, start } from './testing.js';

const docker = await runtimeForTests();
const { socketPath } = (docker?.modem ?? {}) as { socketPath?: string };

/** The engine's socket at another place, where it can go without harm to anybody else. */
async function secondSocket(engine: string) {
  const path = join(await mkdtemp(join(tmpdir(), 'connector-lab-engine-')), 'docker.sock');
  const open = new Set<Socket>();
  const server = createServer((inner) => {
    const outer = connect(engine);
    for (const [socket, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      open.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy()).once('close', () => open.delete(socket));
    }
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const go = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  return { host: `unix://${path}`, go };
}

/** Containers and networks of a run of that process. */
async function leftBy(engine: Docker, pid: number): Promise<string[]> {
  const filters = { label: [labelOf.run] };
  const found = [
    ...(await engine.listContainers({ all: true, filters })).map(({ Names, Labels }) => ({
      name: String(Names),
      Labels,
    })),
    ...(await engine.listNetworks({ filters })).map(({ Name, Labels }) => ({ name: Name, Labels })),
  ];
  return found
    .filter(({ Labels }) => Labels?.[labelOf.process]?.startsWith(`${pid} `))
    .map(({ name }) => name);
}

describe.skipIf(!docker || !socketPath)('an engine that goes in the middle of a run', () => {
  it('ends the run with one sentence; what had finished is kept, and nothing stays behind', async () => {
    if (!docker || !socketPath) return;
    const [out, { host, go }] = await Promise.all([folder(), secondSocket(socketPath)]);
    const child = start(['run', 'ports/', '--engine', 'containers', '--workers', '1', '--out', out], {
      DOCKER_HOST: host,
    });
    const end = ended(child);
    await finishedBy(child, 1);
    go();
    const { code, stdout, stderr } = await end;
    expect(code, stderr).toBe(3);
    expect(stdout.trim().split('\n').at(-1)).toMatch(
      /^Partial: the container engine stopped answering \(.*\): start it, then run again; .*; under way: ports\/.*; \d+ scenarios not run\. Nothing deviates/,
    );
    expect(stderr).not.toMatch(/^ +at |went wrong/m);
    const { summary, missing } = runResultsSchema.parse(
      JSON.parse(await readFile(join(out, 'results.json'), 'utf8')),
    );
    expect(missing?.why).toBe('engine-gone');
    expect(summary.failed).toBe(0);
    expect(summary.passed).toBeGreaterThanOrEqual(1);

    await expect
      .poll(
        async () => {
          await sweep(docker);
          return leftBy(docker, child.pid ?? 0);
        },
        { timeout: 20_000 },
      )
      .toEqual([]);
  });
});
