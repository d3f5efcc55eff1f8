import { rename, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { endpointsOf } from '../../mocks/connector/probe/endpoints.js';
import { holdMs } from '../../mocks/connector/probe/held.js';
import type { Probed } from '../../mocks/connector/probe/probe.js';
import { realNames } from '../../mocks/connector/probe/real-names.js';
import { diagnose } from '../../model/diagnosis/diagnose.js';
import type { Evidence } from '../../model/diagnosis/evidence.js';
import { fromEvents } from '../../model/diagnosis/from-events.js';
import { redacted } from '../../model/diagnosis/redact.js';
import type { LabEvent } from '../../model/evidence/event.js';
import { printable } from '../../model/evidence/printable.js';
import { readSite } from '../../model/site/read.js';
import { findSettings, here, tenantHere } from '../probe/find-settings.js';
import { diagnosisInWords } from './diagnosis-in-words.js';
import { exitCodes } from './exit-codes.js';
import { fetchScript, type ProxyFlags, toldSettings } from './proxy-flags.js';
import { readEndpoints } from './read-endpoints.js';
import { UsageError } from './usage-error.js';

export interface ProbeFlags extends ProxyFlags {
  out: string;
  in?: string;
  tenant?: string;
  endpoints?: string;
  resolver?: string;
  redact?: true;
  hold?: true;
  signal: AbortSignal;
}

/** `connector-lab probe`: the connector's own checks, on this machine or on the servers of a site. */
export async function probe(flags: ProbeFlags): Promise<number> {
  const { signal, out } = flags;
  const progress = (done: number, all: number) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done} of ${all} hosts tried`);
  };
  const told = { onDone: progress, signal };
  const probed =
    flags.in === undefined
      ? await onSystem(flags, told)
      : await onSite(flags.in, { ...told, isHolding: flags.hold ?? false });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  const evidence = evidenceOf(probed);
  await writeWhole(out, `${JSON.stringify(flags.redact ? redacted(evidence) : evidence, null, 1)}\n`);
  const diagnosis = diagnose(evidence);
  const lines = [...diagnosisInWords(diagnosis, evidence), '', ...beside(probed), `Evidence: ${out}`];
  process.stdout.write(`${lines.map(printable).join('\n')}\n`);
  if (signal.aborted) return exitCodes.interrupted;
  return diagnosis.outcome === 'nothing wrong' ? exitCodes.ok : exitCodes.unexpected;
}

type Found = Probed & { events: readonly LabEvent[] };
type Told = { onDone(done: number, all: number): void; signal: AbortSignal };

async function onSite(file: string, told: Told & { isHolding: boolean }): Promise<Found> {
  const { probeSite } = await import('../probe/probe-site.js');
  return probeSite(await readSite(file), told);
}

async function onSystem(flags: ProbeFlags, told: Told): Promise<Found> {
  const { signal } = flags;
  const { probeSystem } = await import('../probe/probe-system.js');
  const given = flags.endpoints === undefined ? undefined : await readEndpoints(flags.endpoints);
  const tenant = flags.tenant ?? (given ? undefined : await tenantHere(here));
  const found = (await toldSettings(flags)) ?? (await findSettings(here));
  for (const line of found.said) process.stderr.write(`${printable(`proxy: ${line}`)}\n`);
  if (!given && tenant === undefined)
    process.stderr.write('Hosts of the tenant are left out: say which with --tenant.\n');
  await fetchScript(found);
  return probeSystem({
    ...told,
    endpoints: given?.endpoints ?? endpointsOf(realNames(tenant)),
    ...(given?.authorities && { authorities: given.authorities }),
    settings: found.settings,
    ...(flags.hold && { quiet: () => fourMinutes(signal) }),
    ...(flags.resolver !== undefined && { resolvers: [flags.resolver] }),
  });
}

async function fourMinutes(signal: AbortSignal): Promise<void> {
  process.stderr.write('Holding quiet connections for four minutes …\n');
  await setTimeout(holdMs, undefined, { signal }).catch(() => {});
}

/** Names that were only guessed are nobody's failure. */
export function evidenceOf({ events, guessedWrong }: Found): Evidence {
  const evidence = fromEvents(events);
  return { ...evidence, answers: evidence.answers.filter(({ name }) => !guessedWrong.has(name)) };
}

function beside({ uncounted }: Probed): string[] {
  const lines = [...new Map(uncounted.map(({ host, why }) => [host, `  ${host}: ${why}`])).values()];
  return lines.length > 0 ? ['Tried, and not counted:', ...lines, ''] : [];
}

async function writeWhole(file: string, text: string): Promise<void> {
  try {
    await writeFile(`${file}.partial`, text);
    await rename(`${file}.partial`, file);
  } catch (error) {
    throw new UsageError(`${file}: cannot be written: ${(error as Error).message}`, { cause: error });
  }
}
