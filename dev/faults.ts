import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { ensureImage } from '../docker/images.js';
import { findRuntime } from '../harness/engines/containers/runtime.js';
import { Draw } from './faults/draw.js';
import type { Fault } from './faults/fault.js';
import { faultsOf, type Where } from './faults/faults.js';
import { inWords } from './faults/moment.js';
import { OwnEngine } from './faults/own-engine.js';
import { type Play, played } from './faults/played.js';
import { head, row } from './faults/rows.js';
import { momentOf, shapesOf, type Undisturbed } from './faults/shapes.js';

/**
 * `npm run faults [-- MOMENTS [embedded|containers|own-engine…]]`: at so many random moments (20) of runs on each
 * engine something happens to them; prints what, how they ended, and whatever must not be, and ends with 1
 * where there is such a thing. `SEED=…` for other moments than the usual ones, `ONLY=…` for faults whose name holds
 * that. `own-engine` starts a Docker Engine of its own, as root, and ends it in the middle of runs.
 */
const [moments = '20', ...wanted] = process.argv.slice(2);
const seed = Number(process.env.SEED ?? 777);
const places: Where[] = ['embedded', 'containers', 'own-engine'];
const folder = await mkdtemp(join(tmpdir(), 'connector-lab-faults-'));
process.env.TMPDIR = folder;
const { compiledProgram } = await import('../harness/cli/compiled-program.js');

interface Place extends Pick<Play, 'env' | 'docker' | 'restored' | 'daemon'> {
  where: Where;
}

async function at(place: Place): Promise<number> {
  const { where } = place;
  const program = await compiledProgram();
  const draw = new Draw(seed);
  const only = faultsOf[where].filter(({ name }) => name.includes(process.env.ONLY ?? ''));
  const faults = Array.from(
    { length: Number(moments) },
    (_, index): Fault => only[index] ?? draw.oneOf(only),
  );
  const plays: Omit<Play, 'args' | 'folder'> = { program, draw, ...place };
  const shapes = shapesOf(where).filter(
    ({ name }) => name === 'one process' || faults.some((one) => one.workers),
  );
  const undisturbed: Undisturbed[] = [];
  let breaches = 0;
  const tell = (cells: readonly (string | number)[], found: readonly string[]) => {
    process.stdout.write(row(cells));
    for (const breach of found) process.stdout.write(`  BREACH ${breach}\n`);
    breaches += found.length;
  };
  const cellsOf = (done: Awaited<ReturnType<typeof played>>) => [
    ...[done.code, `${done.said} / ${done.reported}`, done.underWay, done.labFailures, done.before],
    done.breaches.length,
  ];
  for (const shape of shapes) {
    const own = join(folder, `${where}-${shape.name.replace(' ', '-')}`);
    const done = await played({ ...plays, args: shape.args, folder: own });
    const { counted, processorMs } = done;
    undisturbed.push({ shape, counted, scenarios: done.reported, processorMs });
    tell([0, where, 'nothing', '', shape.name, ...cellsOf(done)], done.breaches);
  }
  for (const [index, fault] of faults.entries()) {
    const own = join(folder, `${where}-${index + 1}`);
    const { shape, moment } = momentOf(fault, where, draw, undisturbed);
    const circumstances = fault.circumstances?.(draw);
    const done = await played({ ...plays, args: shape.args, folder: own, fault, moment, circumstances });
    const when = fault.strike ? inWords(moment) : 'from its start';
    const what = `${fault.name}: ${done.struck ?? 'nothing there any more'}`;
    tell([index + 1, where, what, when, shape.name, ...cellsOf(done)], done.breaches);
    if (done.breaches.length === 0) await rm(own, { recursive: true, force: true });
  }
  return breaches;
}

async function usualEngine(): Promise<Docker | undefined> {
  return findRuntime().catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    return undefined;
  });
}

async function everywhere(): Promise<number> {
  let breaches = 0;
  for (const where of wanted.length > 0 ? (wanted as Where[]) : (['embedded', 'containers'] as const)) {
    if (where === 'embedded') {
      breaches += await at({ where, env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } });
      continue;
    }
    const docker = await usualEngine();
    if (!docker) return breaches + 1;
    // Built by a run, it would be a part of what happens.
    await ensureImage(docker, (text) => process.stderr.write(`${text}\n`));
    if (where === 'containers') {
      breaches += await at({ where, docker });
      continue;
    }
    await using engine = await OwnEngine.start(join(folder, 'engine'), docker);
    const daemon = {
      get pid() {
        return engine.pid;
      },
    };
    const env = { DOCKER_HOST: engine.host };
    breaches += await at({ where, docker: engine.docker, env, daemon, restored: () => engine.up() });
  }
  return breaches;
}

const unknown = wanted.find((name) => !places.some((place) => place === name));
if (unknown !== undefined || !(Number(moments) > 0)) {
  process.stderr.write(`usage: npm run faults [-- MOMENTS [${places.join('|')}…]]\n`);
  process.exitCode = 2;
} else {
  process.stdout.write(head);
  const breaches = await everywhere();
  process.stdout.write(`${breaches} breaches, seed ${seed}\n`);
  if (breaches > 0) {
    process.exitCode = 1;
    process.stdout.write(`what they left is in ${folder}\n`);
  } else await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
