import { stringify } from 'yaml';
import { type Cause, diagnose } from '../../model/diagnosis/diagnose.js';
import type { Evidence } from '../../model/diagnosis/evidence.js';
import { scopeInWords } from '../../model/diagnosis/scope.js';
import { printable } from '../../model/evidence/printable.js';
import { type Reproduction, reproduce as siteOf } from '../../model/reproduction/reproduce.js';
import { completeSite } from '../../model/site/complete.js';
import type { Site } from '../../model/site/schema.js';
import { evidenceOf } from '../probe/evidence-of.js';
import { isOfHolding, isOfProbe } from '../probe/is-of-probe.js';
import { replaceFile } from '../run/anew.js';
import { exitCodes } from './exit-codes.js';
import { liveIn } from './live-in.js';
import { readGiven } from './read-evidence.js';
import { UsageError } from './usage-error.js';

export interface ReproduceFlags {
  out: string;
  scenario?: string;
  signal: AbortSignal;
}

/** `connector-lab reproduce evidence.json`: a site that gives the same evidence, and the proof that it does. */
export async function reproduce(place: string, flags: ReproduceFlags): Promise<number> {
  const given = await readGiven(place, flags.scenario);
  if ('site' in given) throw new UsageError(`${place}: is a site already; give reproduce evidence`);
  const found = diagnose(given.evidence);
  if (found.outcome === 'nothing observed' || found.outcome === 'undetermined')
    throw new UsageError(`${place}: diagnose finds no cause in it, so there is nothing to make a site of`);
  const reproduction = siteOf(given.evidence, found);
  await writeSite(flags.out, place, reproduction);
  const isProbed = isOfProbe(given.evidence);
  const site = completeSite(reproduction.site);
  const again = isProbed
    ? await probeIn(site, { isHolding: isOfHolding(given.evidence), signal: flags.signal })
    : await liveIn(site, flags.signal);
  if (flags.signal.aborted) return exitCodes.interrupted;
  const lived = diagnose(again);
  const done = isProbed ? 'Probed' : 'Lived in';
  const [missed, besides] = [without(found.causes, lived.causes), without(lived.causes, found.causes)];
  const lines = [
    ...found.causes.map((cause) => `${missed.includes(cause) ? '✗' : '✓'} ${inWords(cause)}`),
    ...(found.causes.length === 0 ? ['Nothing was wrong, and nothing is in the site.'] : []),
    ...reproduction.unmade.map((cause) => `  no site can be made that shows ${cause.rule}`),
    ...besides.map((cause) => `+ ${inWords(cause)}: only in the site`),
    '',
    missed.length + besides.length + lived.unexplained.length === 0
      ? `${done}, the site is diagnosed as the evidence was.`
      : `${done}, the site is diagnosed otherwise than the evidence was.`,
    `Site: ${flags.out}`,
  ];
  process.stdout.write(`${lines.map(printable).join('\n')}\n`);
  return missed.length + besides.length + lived.unexplained.length === 0
    ? exitCodes.ok
    : exitCodes.unexpected;
}

/** A life stops at the first operation that fails, a probe goes on: what one saw is compared with what one sees. */
async function probeIn(site: Site, told: { isHolding: boolean; signal: AbortSignal }): Promise<Evidence> {
  process.stderr.write(`Probing in "${printable(site.site)}" on the embedded engine …\n`);
  const { probeSite } = await import('../probe/probe-site.js');
  return evidenceOf(await probeSite(site, told));
}

function inWords({ rule, says }: Cause): string {
  return `${rule}: ${says}`;
}

/** Causes that others do not have, whichever server they are about. */
function without(causes: readonly Cause[], others: readonly Cause[]): Cause[] {
  const key = ({ rule, scope: { server, hosts, ...scope } }: Cause) => `${rule} ${scopeInWords(scope)}`;
  const known = new Set(others.map(key));
  return causes.filter((cause) => !known.has(key(cause)));
}

async function writeSite(file: string, place: string, { site, made }: Reproduction): Promise<void> {
  const head = [`Made of ${place}: what a diagnosis of it found, each time in the first way it can be.`];
  for (const { says, rule, members } of made)
    head.push(
      `- ${says} (${rule})`,
      ...(members.length > 1 ? [`  It can as well be: ${members.slice(1).join('; ')}.`] : []),
    );
  const comment = head.map((line) => `# ${printable(line)}\n`).join('');
  await replaceFile(file, comment + stringify(site, { lineWidth: 0 }));
}
