import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The command line as a process of its own, for tests. */

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export function folder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'connector-lab-cli-'));
}

export function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, ['bin/connector-lab.mjs', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Whether or not this machine has a container engine, these tests have none; nor are they CI.
    env: { ...process.env, DOCKER_HOST: 'unix:///nowhere/docker.sock', GITHUB_ACTIONS: undefined, ...env },
  });
}

export async function ended(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => (stdout += chunk));
  child.stderr?.on('data', (chunk) => (stderr += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

export function lab(...args: string[]): Promise<Ended> {
  return ended(start(args));
}

/** Resolves when so many scenarios have finished. */
export function finishedBy(child: ChildProcess, count: number): Promise<void> {
  let seen = '';
  return new Promise((resolve) =>
    child.stderr?.on('data', (chunk) => {
      seen += chunk;
      if (seen.split(/[✓✗–~] /).length > count) resolve();
    }),
  );
}
