import { mkdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { printable } from '../../model/evidence/printable.js';
import { internetOf } from '../../model/path/public-host.js';
import { type Cure, cure, kindOf } from '../../model/repair/cure.js';
import type { Request, Stop } from '../../model/repair/request.js';
import { mostInSentence } from '../../model/repair/requests/rules.js';
import { type StoppedFlow, staysClosed } from '../../model/repair/stays-closed.js';
import { readSite, textOfSite } from '../../model/site/read.js';
import type { Site } from '../../model/site/schema.js';
import type { RunResults } from '../../model/verdict/results.js';
import { closingSentence } from '../../reports/contract/closing.js';
import { internetHosts } from '../engines/internet.js';
import type { EngineName } from '../engines/select.js';
import { checkSite } from '../run/check.js';
import { exitCodeOf } from './closing.js';
import { curedText } from './cured-text.js';
import { exitCodes } from './exit-codes.js';
import { openEngine } from './open-engine.js';
import { ProgressLines } from './progress.js';
import { writeSite } from './site-to-write.js';
import { UsageError } from './usage-error.js';

export interface FixFlags {
  engine: EngineName;
  out: string;
  json?: true;
  signal: AbortSignal;
}

/** What `fix` found, and how it was proved. */
interface Fix extends Pick<Cure, 'requests'> {
  /** What keeps the site from working, and no change that is known here mends. */
  incurable: string[];
  /** The site file with every change made. */
  cured?: string;
  /** A flow that no documented row asks for: closed before, and still. */
  stays?: StoppedFlow;
  /** Of the site with the changes, lived in. */
  proof?: RunResults;
}

/**
 * `connector-lab fix SITE`: the smallest change after which everything works, and the proof. Exit code 0: it
 * is proved, or nothing has to change; 1: something is left that no change here mends, or that is not judged.
 */
export async function fix(file: string, flags: FixFlags): Promise<number> {
  const site = await readSite(file);
  const internet = internetOf(internetHosts(site));
  const { requests, incurable, site: cured } = cure(site, internet);
  const found: Fix = { requests, incurable: incurable.map(inWords) };
  const stays = staysClosed(site, cured, internet);
  if (stays) found.stays = stays;
  const written = requests.length > 0 ? await write(file, site, cured, flags.out) : undefined;
  if (written) found.cured = written.file;
  // What is proved is what was written.
  if (incurable.length === 0) found.proof = await prove(written?.site ?? cured, flags);
  if (flags.json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  else process.stdout.write(`${lines(site, found).map(printable).join('\n')}\n`);
  return found.proof ? exitCodeOf(found.proof) : exitCodes.unexpected;
}

/** Puts the changed site file into a folder, and reads it again. @throws UsageError */
async function write(
  file: string,
  site: Site,
  cured: Site,
  out: string,
): Promise<{ file: string; site: Site }> {
  const into = resolve(join(out, 'cured.yaml'));
  const from = (path: string) => relative(dirname(into), resolve(dirname(file), path));
  await mkdir(dirname(into), { recursive: true });
  await writeSite(into, curedText(await textOfSite(file), file, site, cured, from));
  return { file: into, site: await readSite(into) };
}

async function prove(site: Site, flags: FixFlags): Promise<RunResults> {
  await using engine = await openEngine(flags);
  const cannot = engine.cannot(site);
  if (cannot) throw new UsageError(cannot);
  const progress = new ProgressLines();
  process.stderr.write(`Living in "${printable(site.site)}" as changed, on the ${engine.name} engine …\n`);
  const { signal } = flags;
  return await checkSite(site, {
    ...{ engine, signal, out: join(flags.out, 'proof') },
    onStep: (begun) => progress.step(begun),
  }).finally(() => progress.end());
}

function lines(site: Site, { requests, incurable, cured, stays, proof }: Fix): string[] {
  return [
    `${site.site}: ${sentence(requests, incurable)}`,
    ...requests.flatMap((request, at) => [
      '',
      `${at + 1}. ${kindOf(request).words(request)}`,
      ...details(request),
    ]),
    ...(incurable.length > 0
      ? ['', 'No change known here mends:', ...incurable.map((one) => `  ${one}`)]
      : []),
    '',
    ...(proof ? [`Proof: ${closingSentence(proof)}`] : ['Nothing was proved: more has to be mended first.']),
    ...(stays && requests.length > 0
      ? [
          `Still closed: ${stays.flow.host}:${stays.flow.port} from ${stays.flow.server}, ${stays.by.device} ${stays.by.action} ("${stays.by.rule}").`,
        ]
      : []),
    ...(cured === undefined ? [] : [`The site with it: ${cured}`]),
  ];
}

function sentence(requests: readonly Request[], incurable: readonly string[]): string {
  if (incurable.length > 0)
    return 'not everything that is wrong here can be mended by a change that is known.';
  if (requests.length === 0) return 'nothing has to change.';
  return requests.length === 1
    ? 'one change, and everything works.'
    : `${requests.length} changes, none of which can be left out, and everything works.`;
}

/** Of more places than its sentence names, each on a line. */
function details({ targets }: Request): string[] {
  return targets.length > mostInSentence ? targets.map(({ host, port }) => `   ${host}:${port}`) : [];
}

function inWords(stop: Stop): string {
  return stop.by === 'setting' ? stop.explanation : stop.hop.explanation;
}
