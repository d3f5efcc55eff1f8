import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { availableParallelism, freemem } from 'node:os';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import pc from 'picocolors';
import { imageState } from '../../docker/images.js';
import { documentedSite } from '../../model/site/documented.js';
import { needPackages } from '../engines/containers/packages.js';
import { weaknessesAt } from '../engines/containers/weaknesses.js';
import { runtimeOrAdvice, selectEngine } from '../engines/select.js';
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
export async function doctor(flags: { json?: true; signal: AbortSignal }): Promise<number> {
  const asked = Promise.all([node(), machine(), embedded(), containers(), openssl(), chromium()]);
  // An engine that hangs does not hold up whoever asked.
  const findings = (await Promise.race([asked, interruption(flags.signal)])).flat();
  if (flags.json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else for (const finding of findings) process.stdout.write(line(finding));
  return exitCodes.ok;
}

function interruption(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
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

const runtimeName = 'Container runtime';

/** The runtime, its image, and a lab of real machines that is opened and used. */
async function containers(): Promise<Finding[]> {
  const what = runtimeName;
  try {
    needPackages();
  } catch (error) {
    return [{ what, state: 'missing', found: (error as Error).message }];
  }
  let docker: Docker;
  try {
    docker = await runtimeOrAdvice();
  } catch (error) {
    const advice =
      'only --engine containers needs it; on Debian: apt-get install docker.io, then start dockerd';
    // Why none was found; what to do about it differs here.
    const { cause = error } = error as Error;
    return [{ what, state: 'missing', found: (cause as Error).message, advice }];
  }
  try {
    return await runtimeAndLab(docker);
  } catch (error) {
    return [{ what, state: 'missing', found: (error as Error).message.trim(), advice: 'restart it' }];
  }
}

async function runtimeAndLab(docker: Docker): Promise<Finding[]> {
  const { Version, Os, Arch } = await docker.version();
  const runtime: Finding = { what: runtimeName, state: 'good', found: `version ${Version}, ${Os}/${Arch}` };
  const { name, present } = await imageState(docker);
  if (!present) {
    const advice = 'connector-lab images builds it; until then auto means embedded';
    return [runtime, { what: 'Image', state: 'missing', found: `${name} is not built`, advice }];
  }
  return [runtime, { what: 'Image', state: 'good', found: name }, ...(await realLab(docker))];
}

async function realLab(docker: Docker): Promise<Finding[]> {
  const what = 'Containers engine';
  try {
    const started = performance.now();
    const { ContainersEngine } = await import('../engines/containers/containers-engine.js');
    await using engine = await ContainersEngine.start(docker);
    const [kernel, weaknesses] = await Promise.all([engine.features(), weaknessesAt(docker)]);
    await using lab = await engine.open(documentedSite(), {
      scenario: 'doctor',
      startAt: Date.now(),
      record: () => {},
    });
    await lab.perform({ do: 'operate', server: 'app-proxy-01', operation: 'install' });
    const took = Math.round(performance.now() - started);
    const found = `a lab opened and worked in ${took} ms: networks route, it is sealed, its sensors live`;
    const say = (has: boolean) => (has ? 'yes' : 'no');
    const features = Object.entries(kernel).map(([feature, has]) => `${feature} ${say(has)}`);
    return [
      { what, state: 'good', found },
      confinement(weaknesses),
      { what: 'Kernel', state: 'good', found: features.join(', ') },
    ];
  } catch (error) {
    const advice = 'connector-lab clean removes leftovers; connector-lab images builds the image anew';
    return [{ what, state: 'missing', found: (error as Error).message.split('\n')[0] ?? '', advice }];
  }
}

/** The seal needs no line of its own: where it cannot be made, no lab opens. */
function confinement(weaknesses: string[]): Finding {
  const what = 'Confinement';
  const found =
    'system calls, memory and processes of machines are limited, and no network of the host is in reach';
  if (weaknesses.length === 0) return { what, state: 'good', found };
  const advice = 'docs/security.md says what that means';
  return { what, state: 'missing', found: weaknesses.join('; '), advice };
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
    await access('/usr/bin/chromium-headless-shell', constants.X_OK);
    return { what, state: 'good', found: '/usr/bin/chromium-headless-shell' };
  } catch {
    return {
      what,
      state: 'missing',
      found: 'not found',
      advice: 'only the browser tests of the report need it',
    };
  }
}
