import type { Endpoint } from '../../mocks/connector/probe/endpoint.js';
import { endpointsOf } from '../../mocks/connector/probe/endpoints.js';
import { labNames } from '../../mocks/connector/probe/lab-names.js';
import { WindowsHost } from '../../mocks/connector/windows-host.js';
import { type Evidence, evidenceSchema } from '../../model/diagnosis/evidence.js';
import { type Account, type StackName, stacks } from '../../model/evidence/vocabulary.js';
import { proxySettingOf } from '../../model/site/proxy-settings.js';
import type { Server, Site } from '../../model/site/schema.js';
import { type Engine, type LabMachine, NoEngineError } from '../engines/engine.js';
import { gathered, together } from './gathered.js';
import type { FoundSetting } from './proxy-settings.js';
import type { Patience } from './system-stack.js';

/** Of a lab, milliseconds: its proxies and inspectors share this computer's processors with everybody. */
const patience: Patience = { connect: 20_000, silence: 90_000 };

export interface MachinesProbe {
  /** The probe alone, as one file. */
  program: Uint8Array;
  /** Told what is under way. */
  say(text: string): void;
  signal: AbortSignal;
}

/**
 * A probe on every server of a site that is set up on real machines: the file that customers get, in every account
 * that the connector's software has there, by the kernel's network. @throws NoEngineError
 */
export async function probeMachines(
  site: Site,
  engine: Engine,
  { program, say, signal }: MachinesProbe,
): Promise<Evidence> {
  const cannot = engine.cannot(site);
  if (cannot) throw new NoEngineError(cannot);
  await using lab = await engine.open(site, { scenario: 'probe', startAt: Date.now(), record: () => {} });
  const authorities =
    lab.trust.roots.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const parts: Evidence[] = [];
  for (const server of site.servers) {
    const machine = lab.machine?.(server.name);
    if (!machine) throw new NoEngineError('a probe on machines needs --engine containers');
    const proxies = Object.fromEntries(stacks.map((stack) => [stack, settingOf(site, server, stack)]));
    signal.throwIfAborted();
    say(`Probing from ${server.name} …`);
    const { trusted } = machine;
    const trips = [...byAccount(site, server)].map(([account, endpoints]) => ({
      ...{ account, program, skew: server['clock-skew'] },
      given: JSON.stringify({ endpoints, authorities, trusted, proxies, patience }),
    }));
    // What is waited for is waited for at the same time.
    const found = await Promise.all(trips.map((trip) => probeOn(machine, trip)));
    for (const [at, { account }] of trips.entries()) {
      const evidence = found[at];
      if (evidence) parts.push(gathered(evidence, { server: server.name, account, part: parts.length + 1 }));
    }
  }
  return together(parts);
}

/** Accounts of a server's software, and the hosts that each uses. */
function byAccount(site: Site, server: Server): Map<Account, Endpoint[]> {
  const { connectorAccount, updaterAccount } = new WindowsHost(server, site);
  const found = new Map<Account, Endpoint[]>();
  for (const endpoint of endpointsOf(labNames(site))) {
    const { stack } = endpoint;
    const account =
      stack === 'browser' ? 'administrator' : stack === 'updater' ? updaterAccount : connectorAccount;
    found.set(account, [...(found.get(account) ?? []), endpoint]);
  }
  return found;
}

/** What a stack is told of proxies. Automatic detection is not lived: what it finds is given. */
function settingOf(site: Site, server: Server, stack: StackName): FoundSetting {
  const setting = proxySettingOf(site, server, stack);
  const { proxy, pac, wpad } = site;
  const file = (text: string | undefined): FoundSetting =>
    text === undefined ? { kind: 'direct' } : { kind: 'pac', text };
  if (setting === 'pac') return file(pac?.file);
  if (setting === 'wpad') return file(wpad?.state === undefined ? wpad?.file : undefined);
  if (typeof setting === 'object' && 'pac' in setting) return file(setting.pac);
  if (setting === 'direct' || !proxy) return { kind: 'direct' };
  const [host = '', port] = proxy.address.split(':');
  const bypass = typeof setting === 'object' ? setting.bypass : (proxy.bypass ?? []);
  return { kind: 'proxy', host, port: Number(port), bypass };
}

interface Trip {
  account: Account;
  program: Uint8Array;
  /** The file of endpoints. */
  given: string;
  /** By how much the machine's clock is off, milliseconds. */
  skew: number;
}

async function probeOn(machine: LabMachine, { account, program, given, skew }: Trip): Promise<Evidence> {
  const [file, endpoints, evidence] = ['probe.cjs', 'endpoints.json', 'evidence.json'];
  const { code, printed, brought } = await machine.run({
    account,
    files: { [file]: program, [endpoints]: given },
    // Containers have their host's clock: this process gets one that is off.
    words: [
      ...(skew === 0 ? [] : ['--import', `data:text/javascript,${encodeURIComponent(clock(skew))}`]),
      ...[file, '--endpoints', endpoints, '--resolver', machine.resolver, '--out', evidence],
    ],
    brings: evidence,
  });
  if (brought === '') throw new Error(`the probe ended with ${code} and brought nothing: ${printed.trim()}`);
  return evidenceSchema.parse(JSON.parse(brought));
}

function clock(skew: number): string {
  return `const { now } = Date; Date.now = () => now() + ${skew};`;
}
