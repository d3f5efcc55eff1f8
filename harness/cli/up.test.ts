import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const curl = promisify(execFile);

/** Starts `up`; gives what it printed once the lab stays, and a way to press Ctrl-C. */
async function up(site: string, out: string) {
  const args = ['bin/connector-lab.mjs', 'up', site, '--out', out, '--engine', 'embedded'];
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
    async interrupt() {
      child.kill('SIGINT');
      return (await ended)[0] as number;
    },
  };
}

it('keeps a lab that curl gets into, until it is interrupted', async () => {
  const out = await mkdtemp(join(tmpdir(), 'connector-lab-up-'));
  const lab = await up('scenarios/sites/documented.yaml', out);
  try {
    expect(lab.text).not.toContain('failed');
    expect((await lab.get(lab.fact('portal'))).stdout).toContain('Private network connectors');
    expect((await lab.get(lab.fact('application'))).stdout).toMatch(
      /^HTTP\/1.1 302 .+\r\n(.+\r\n)*Location: https:\/\/login\.microsoftonline\.com/im,
    );
  } finally {
    expect(await lab.interrupt()).toBe(130);
    await rm(out, { recursive: true });
  }
  await expect(lab.get(lab.fact('portal'))).rejects.toMatchObject({ code: 7 });
});

it('says what fails in the site, and that check says why', async () => {
  const out = await mkdtemp(join(tmpdir(), 'connector-lab-up-'));
  const lab = await up('scenarios/sites/p01-tls-inspection.yaml', out);
  try {
    expect(lab.text).toMatch(/^failed +app-proxy-01: bootstrap: http-unauthorized$/m);
    expect(lab.text).toContain('connector-lab check scenarios/sites/p01-tls-inspection.yaml says why');
  } finally {
    await lab.interrupt();
    await rm(out, { recursive: true });
  }
});
