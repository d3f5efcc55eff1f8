import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { availableParallelism, freemem } from 'node:os';
import { promisify } from 'node:util';
import pc from 'picocolors';
import { selectEngine } from '../engines/select.js';
import { documentedSite } from '../site/documented.js';
import { exitCodes } from './exit-codes.js';

const run = promisify(execFile);

interface Finding {
  what: string;
  state: 'good' | 'missing';
  found: string;
  /** What to do about it. */
  advice?: string;
}

/** `connector-lab doctor`. */
export async function doctor(flags: { json?: true }): Promise<number> {
  const findings = await Promise.all([node(), machine(), embedded(), containers(), openssl(), chromium()]);
  if (flags.json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else for (const finding of findings) process.stdout.write(line(finding));
  return exitCodes.ok;
}

function line({ what, state, found, advice }: Finding): string {
  const mark = state === 'good' ? pc.green('✓') : pc.yellow('–');
  return `${mark} ${what.padEnd(18)} ${found}${advice ? `\n  ${' '.repeat(18)} ${pc.dim(advice)}` : ''}\n`;
}

function node(): Finding {
  return { what: 'Node', state: 'good', found: process.version };
}

function machine(): Finding {
  const gib = (freemem() / 2 ** 30).toFixed(1);
  return {
    what: 'Machine',
    state: 'good',
    found: `${process.platform}, ${availableParallelism()} cores, ${gib} GiB free`,
  };
}

async function embedded(): Promise<Finding> {
  const engine = await selectEngine('embedded');
  const started = performance.now();
  await using lab = await engine.open(documentedSite(), {
    scenario: 'doctor',
    startAt: Date.now(),
    record: () => {},
  });
  await lab.perform({ do: 'operate', server: 'app-proxy-01', operation: 'install' });
  return {
    what: 'Embedded engine',
    state: 'good',
    found: `a lab opened and worked in ${Math.round(performance.now() - started)} ms`,
  };
}

async function containers(): Promise<Finding> {
  const what = 'Container runtime';
  const advice = 'not needed yet: the containers engine is not part of this version';
  try {
    const { getContainerRuntimeClient } = await import('testcontainers');
    const { info } = await getContainerRuntimeClient();
    return {
      what,
      state: 'good',
      found: `${info.containerRuntime.host}, version ${info.containerRuntime.serverVersion}`,
      advice,
    };
  } catch (error) {
    const [first = 'none'] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { what, state: 'missing', found: first, advice };
  }
}

async function openssl(): Promise<Finding> {
  const what = 'OpenSSL';
  try {
    const { stdout } = await run('openssl', ['version']);
    return { what, state: 'good', found: stdout.trim() };
  } catch {
    return {
      what,
      state: 'missing',
      found: 'not found',
      advice: 'only the tests of the project itself need it',
    };
  }
}

async function chromium(): Promise<Finding> {
  const what = 'Chromium';
  try {
    await access('/usr/bin/chromium', constants.X_OK);
    return { what, state: 'good', found: '/usr/bin/chromium' };
  } catch {
    return {
      what,
      state: 'missing',
      found: 'not found',
      advice: 'only the browser tests of the report need it',
    };
  }
}
