import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const curl = promisify(execFile);

/** Starts `up`; gives what it printed once the lab stays, and a way to press Ctrl-C. */
export async function up(site: string, out: string, engine: string) {
  const args = ['bin/connector-lab.mjs', 'up', site, '--out', out, '--engine', engine];
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
