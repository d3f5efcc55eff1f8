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
    // Whether or not this machine has a container engine, these tests have none.
    env: { ...process.env, DOCKER_HOST: 'unix:///nowhere/docker.sock', ...env },
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

/** Resolves when so many more scenarios have finished. */
export function finishedBy(child: ChildProcess, count: number): Promise<void> {
  return seen(child, (text) => text.split(/[✓✗–~] /).length > count);
}

/** Resolves when the progress, from now on, holds the words. */
export function said(child: ChildProcess, words: string): Promise<void> {
  return seen(child, (text) => text.includes(words));
}

function seen(child: ChildProcess, test: (text: string) => boolean): Promise<void> {
  let text = '';
  return new Promise((resolve) => {
    const onData = (chunk: unknown) => {
      text += String(chunk);
      if (!test(text)) return;
      child.stderr?.off('data', onData);
      resolve();
    };
    child.stderr?.on('data', onData);
  });
}
