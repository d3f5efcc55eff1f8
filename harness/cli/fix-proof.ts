import { join } from 'node:path';
import { printable } from '../../model/evidence/printable.js';
import { kindOf } from '../../model/repair/cure.js';
import type { Request, Stop } from '../../model/repair/request.js';
import { mostInSentence } from '../../model/repair/requests/rules.js';
import type { StoppedFlow } from '../../model/repair/stays-closed.js';
import type { Site } from '../../model/site/schema.js';
import type { RunResults } from '../../model/verdict/results.js';
import { closingSentence } from '../../reports/contract/closing.js';
import type { EngineName } from '../engines/select.js';
import { checkSite } from '../run/check.js';
import { onEngine, openEngine } from './open-engine.js';
import { ProgressLines } from './progress.js';
import { UsageError } from './usage-error.js';

export interface ProofFlags {
  engine: EngineName;
  out: string;
  signal: AbortSignal;
}

/** Lives in a site as it was changed. @throws UsageError where the engine cannot */
export async function prove(site: Site, flags: ProofFlags): Promise<RunResults> {
  await using engine = await openEngine(flags, site);
  const cannot = engine.cannot(site);
  if (cannot) throw new UsageError(`${cannot}; use --engine embedded`);
  const progress = new ProgressLines();
  process.stderr.write(`Living in "${printable(site.site)}" as changed, ${onEngine(engine, flags)} …\n`);
  const { signal } = flags;
  return await checkSite(site, {
    ...{ engine, signal, out: join(flags.out, 'proof') },
    onStep: (begun) => progress.step(begun),
  }).finally(() => progress.end());
}

/** What has to change, for people: a sentence, and the requests with numbers. */
export function changesInWords(
  site: Site,
  requests: readonly Request[],
  incurable: readonly Stop[],
): string[] {
  return [
    `${site.site}: ${sentence(requests, incurable)}`,
    ...requests.flatMap((request, at) => [
      '',
      `${at + 1}. ${kindOf(request).words(request)}`,
      ...details(request),
    ]),
    ...(incurable.length > 0
      ? ['', 'No change known here mends:', ...incurable.map((one) => `  ${inWords(one)}`)]
      : []),
  ];
}

export function proofInWords(proof: RunResults | undefined, stays: StoppedFlow | undefined): string[] {
  return [
    ...(proof ? [`Proof: ${closingSentence(proof)}`] : ['Nothing was proved: more has to be mended first.']),
    ...(stays
      ? [
          `Still closed, since the page does not ask for it: ${stays.flow.host}:${stays.flow.port} from ${stays.flow.server}, ${stays.by.device} ${stays.by.action} ("${stays.by.rule}").`,
        ]
      : []),
  ];
}

function sentence(requests: readonly Request[], incurable: readonly Stop[]): string {
  if (incurable.length > 0)
    return 'not everything that is wrong here can be mended by a change that is known.';
  if (requests.length === 0) return 'nothing has to change.';
  return requests.length === 1
    ? 'one change, and everything works.'
    : `${requests.length} changes, none of which can be left out, and everything works.`;
}

/** Of more places than its sentence names, each on a line. */
export function details({ targets }: Request): string[] {
  return targets.length > mostInSentence ? targets.map(({ host, port }) => `   ${host}:${port}`) : [];
}

/** A stop that nothing mends. */
export function inWords(stop: Stop): string {
  return stop.by === 'setting' ? stop.explanation : stop.hop.explanation;
}
