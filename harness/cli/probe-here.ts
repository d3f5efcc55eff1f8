import { setTimeout } from 'node:timers/promises';
import { endpointsOf } from '../../mocks/connector/probe/endpoints.js';
import { holdMs } from '../../mocks/connector/probe/held.js';
import { realNames } from '../../mocks/connector/probe/real-names.js';
import { printable } from '../../model/evidence/printable.js';
import { stacks } from '../../model/evidence/vocabulary.js';
import { evidenceOf } from '../probe/evidence-of.js';
import { findSettings, here, tenantHere } from '../probe/find-settings.js';
import { probeSystem } from '../probe/probe-system.js';
import { fetchScript, type ProxyFlags, toldSettings } from './proxy-flags.js';
import { type GivenEndpoints, readEndpoints } from './read-endpoints.js';
import { tellProbed } from './tell-probed.js';

export interface HereFlags extends ProxyFlags {
  out: string;
  tenant?: string;
  endpoints?: string;
  resolver?: string;
  redact?: true;
  hold?: true;
  signal: AbortSignal;
}

/** The connector's own checks on the machine that this process is on. */
export async function probeHere(flags: HereFlags): Promise<number> {
  const { signal } = flags;
  const given = flags.endpoints === undefined ? undefined : await readEndpoints(flags.endpoints);
  const tenant = flags.tenant ?? (given ? undefined : await tenantHere(here));
  const settings = await settingsOf(flags, given);
  if (!given && tenant === undefined)
    process.stderr.write('Hosts of the tenant are left out: say which with --tenant.\n');
  const probed = await probeSystem({
    ...{ onDone: progressOf(), signal, settings },
    endpoints: given?.endpoints ?? endpointsOf(realNames(tenant)),
    ...(given?.authorities && { authorities: given.authorities }),
    ...(given?.trusted && { trusted: given.trusted }),
    ...(given?.patience && { patience: given.patience }),
    ...(flags.hold && { quiet: () => fourMinutes(signal) }),
    ...(flags.resolver !== undefined && { resolvers: [flags.resolver] }),
  });
  return tellProbed({ evidence: evidenceOf(probed), uncounted: probed.uncounted }, flags);
}

/** Of every stack: as the file of endpoints has it, else the command line, else this machine. */
async function settingsOf(flags: HereFlags, given: GivenEndpoints | undefined) {
  const own = Object.entries(given?.proxies ?? {}) as [(typeof stacks)[number], never][];
  if (own.length === stacks.length) return new Map(own);
  const found = (await toldSettings(flags)) ?? (await findSettings(here));
  for (const line of found.said) process.stderr.write(`${printable(`proxy: ${line}`)}\n`);
  await fetchScript(found);
  return new Map([...found.settings, ...own]);
}

export function progressOf(): (done: number, all: number) => void {
  return (done, all) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done} of ${all} hosts tried`);
  };
}

async function fourMinutes(signal: AbortSignal): Promise<void> {
  process.stderr.write('Holding quiet connections for four minutes …\n');
  await setTimeout(holdMs, undefined, { signal }).catch(() => {});
}
