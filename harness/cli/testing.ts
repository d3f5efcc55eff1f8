import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, vi } from 'vitest';
import { compiledProgram } from './compiled-program.js';
import { main } from './program.js';

/** The command line for tests: as a process of its own, or inside the test's. */

const root = fileURLToPath(new URL('../..', import.meta.url));
const curl = promisify(execFile);

/** Whether or not this machine has a container engine, these tests have none. */
const noEngine = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

const clock = `
  const { now } = Date;
  Date.now = () => now() + Math.floor(performance.now() / 100) * 3_600_000;
`;
/** An environment in which the computer's clock jumps forward an hour ten times a second. */
export const jumpingClock = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(clock)}` };

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export function folder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'connector-lab-cli-'));
}

export async function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
  return spawn(process.execPath, [await compiledProgram(), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...noEngine, ...env },
    // A group of its own, as a shell gives it.
    detached: true,
  });
}

/** Ctrl-C, which a terminal sends to every process of the command. */
export function pressCtrlC({ pid = 0 }: ChildProcess): void {
  process.kill(-pid, 'SIGINT');
}

export async function ended(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => (stdout += chunk));
  child.stderr?.on('data', (chunk) => (stderr += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

let before: Promise<unknown> = Promise.resolve();

/**
 * A command without a process of its own: starting one takes longer than most commands do. One after
 * the other, because they share standard output.
 */
export function lab(args: readonly string[], env: NodeJS.ProcessEnv = noEngine): Promise<Ended> {
  const end = before.then(() => inside(args, env));
  before = end.catch(() => {});
  return end;
}

async function inside(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      written[name] += String(chunk);
      return true;
    }),
  );
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    return { code: await main(args), ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
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
  return new Promise((resolve, reject) => {
    const onClose = () => reject(new Error(`it ended before it said so: ${text}`));
    const onData = (chunk: unknown) => {
      text += String(chunk);
      if (!test(text)) return;
      child.stderr?.off('data', onData);
      child.off('close', onClose);
      resolve();
    };
    child.stderr?.on('data', onData);
    child.once('close', onClose);
  });
}

/** Starts `up`; gives what it printed once the lab stays, and a way to press Ctrl-C. */
export async function up(site: string, out: string, engine: string, ...more: string[]) {
  const args = [await compiledProgram(), 'up', site, '--out', out, '--engine', engine, ...more];
  const child = spawn(process.execPath, args, { cwd: root });
  const ended = once(child, 'exit');
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    if (text.includes('until Ctrl-C')) break;
  }
  const fact = (name: string) => new RegExp(`^${name} +(\\S+)`, 'm').exec(text)?.[1] ?? '';
  return {
    text,
    get: (url: string) =>
      curl('curl', [
        '--silent',
        '--show-error',
        '--include',
        '--proxy',
        fact('proxy'),
        '--cacert',
        fact('roots'),
        url,
      ]),
    fact,
    pid: child.pid ?? 0,
    async interrupt() {
      child.kill('SIGINT');
      return (await ended)[0] as number;
    },
  };
}

/** `up` on an engine: curl gets into the lab until it is interrupted, and not after. Gives the process's number. */
export async function expectKept(
  engine: string,
  meanwhile?: (pid: number) => Promise<void>,
): Promise<number> {
  const out = await mkdtemp(join(tmpdir(), 'connector-lab-up-'));
  const lab = await up('scenarios/sites/documented.yaml', out, engine);
  try {
    expect(lab.text).not.toContain('failed');
    await meanwhile?.(lab.pid);
    expect((await lab.get(lab.fact('portal'))).stdout).toContain('Private network connectors');
    expect((await lab.get(lab.fact('application'))).stdout).toMatch(
      /^HTTP\/1.1 302 .+\r\n(.+\r\n)*Location: https:\/\/login\.microsoftonline\.com/im,
    );
  } finally {
    expect(await lab.interrupt()).toBe(130);
    await rm(out, { recursive: true });
  }
  await expect(lab.get(lab.fact('portal'))).rejects.toMatchObject({ code: 7 });
  return lab.pid;
}

/** A container engine that has no image, and can get none. */
export async function engineWithoutImages() {
  const path = join(await folder(), 'docker.sock');
  const answers: [url: RegExp, status: number, body: string][] = [
    [/_ping$/, 200, 'OK'],
    [/(containers\/json|networks)\b/, 200, '[]'],
    [/images\/.+\/json$/, 404, '{"message":"no such image"}'],
  ];
  const server = createServer(({ url = '' }, response) => {
    const [, status, body] = answers.find(([pattern]) => pattern.test(url)) ?? ['', 500, '{"message":"no"}'];
    response.writeHead(status).end(body);
  }).listen(path);
  await once(server, 'listening');
  return { host: `unix://${path}`, [Symbol.asyncDispose]: async () => void server.close() };
}
