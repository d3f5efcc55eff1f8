import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { beforeAll, describe, expect, it } from 'vitest';
import { runResultsSchema } from '../../model/verdict/results.js';
import { sweep } from '../engines/containers/sweep.js';
import { madeByRuns, runtimeForTests, viewOf } from '../engines/containers/testing.js';
import { type Ended, ended, finishedBy, folder, jumpingClock, start } from './testing.js';

const docker = await runtimeForTests();
/** The engine of this machine. */
const real = { DOCKER_HOST: process.env.DOCKER_HOST };
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

interface Run {
  child: ChildProcess;
  end: Promise<Ended>;
  out: string;
}

describe.skipIf(!docker || !socketPath)('two runs at once, one by a clock that jumps', () => {
  let other: Awaited<ReturnType<typeof secondSocket>>;
  let steady: Run;
  let doomed: Run;
  let own: Docker;

  beforeAll(async () => {
    if (!docker || !socketPath) return;
    other = await secondSocket(socketPath);
    const begin = async (env: NodeJS.ProcessEnv) => {
      const out = await folder();
      const options = ['--engine', 'containers', '--workers', '1', '--out', out];
      // Many, so that neither is through before it is time.
      const child = await start(['run', 'hosts/', 'ports/', ...options], env);
      return { child, end: ended(child), out };
    };
    steady = await begin(real);
    doomed = await begin({ ...jumpingClock, DOCKER_HOST: other.host });
    own = viewOf(docker, steady.child.pid, doomed.child.pid);
    await bothFinishOne();
  });

  const bothFinishOne = () => Promise.all([steady, doomed].map(({ child }) => finishedBy(child, 1)));

  it('have each machines of their own, which clean does not touch', async () => {
    const before = await madeByRuns(own);
    expect(before).toHaveLength(2 * (6 + 1));
    const clean = await ended(await start(['clean'], { ...real, ...jumpingClock }));
    expect(clean.code, clean.stderr).toBe(0);
    expect(await madeByRuns(own)).toEqual(before);
    await bothFinishOne();
  });

  it('one whose engine goes ends with one sentence, and what had finished is kept', async () => {
    const { end, out } = doomed;
    other.go();
    const { code, stdout, stderr } = await end;
    expect(code, stderr).toBe(3);
    expect(stdout.trim().split('\n').at(-1)).toMatch(
      /^Partial: the container engine stopped answering \(.*\): start it, then run again; .*; under way: hosts\/.*; \d+ scenarios not run\. Nothing deviates/,
    );
    expect(stderr).not.toMatch(/^ +at |went wrong/m);
    const { summary, missing } = runResultsSchema.parse(
      JSON.parse(await readFile(join(out, 'results.json'), 'utf8')),
    );
    expect(missing?.why).toBe('engine-gone');
    expect(summary.failed).toBe(0);
    expect(summary.passed).toBeGreaterThanOrEqual(2);
  });

  it('the other one goes on, and nothing of either stays behind', async () => {
    const { child, end } = steady;
    await finishedBy(child, 1);
    child.kill('SIGINT');
    const { code, stderr } = await end;
    expect(code, stderr).toBe(130);
    expect(stderr).not.toContain('✗');
    await expect
      .poll(async () => {
        await sweep(own);
        return madeByRuns(own);
      })
      .toEqual([]);
  });
});
