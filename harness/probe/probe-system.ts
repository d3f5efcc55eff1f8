import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { hostname, networkInterfaces, userInfo } from 'node:os';
import * as tls from 'node:tls';
import { placeOf } from '../../mocks/connector/call.js';
import type { Endpoint } from '../../mocks/connector/probe/endpoint.js';
import { type Probed, probe } from '../../mocks/connector/probe/probe.js';
import type { TrustedRoot } from '../../mocks/pki/pki.js';
import { ownAccountPattern } from '../../model/evidence/account.js';
import type { LabEvent } from '../../model/evidence/event.js';
import type { Account, StackName } from '../../model/evidence/vocabulary.js';
import { type FoundSetting, waysBy } from './proxy-settings.js';
import { SystemNames } from './system-names.js';
import { type Patience, SystemStack } from './system-stack.js';

export interface SystemProbe {
  endpoints: readonly Endpoint[];
  settings: ReadonlyMap<StackName, FoundSetting>;
  /** Authorities (PEM) that are trusted in place of those of this machine. */
  authorities?: readonly string[];
  /** Authorities (PEM) that this machine trusts besides, and nobody else. */
  trusted?: readonly string[];
  /** Resolvers to ask in place of the system's. */
  resolvers?: readonly string[];
  /** How long is waited for answers, in place of what a network is given. */
  patience?: Patience;
  /** Waits as long as connections are held. */
  quiet?(): Promise<void>;
  onDone?(done: number, all: number): void;
  signal?: AbortSignal;
}

/** A probe from the machine that this process is on. Nothing is installed or changed on it. */
export async function probeSystem(options: SystemProbe): Promise<Probed & { events: readonly LabEvent[] }> {
  const names = await SystemNames.open(options.resolvers);
  using system = new SystemStack(names, options.patience);
  const { stack, events } = system;
  const address = ownAddress();
  const account = ownAccount();
  const published = options.authorities ?? tls.rootCertificates;
  const roots = [...(options.authorities ?? machineRoots()), ...(options.trusted ?? [])];
  const addressOf = async (name: string) =>
    isIP(name)
      ? name
      : names.resolve(name).then(
          ({ addresses }) => addresses[0] ?? null,
          () => null,
        );
  const probed = await probe({
    ...options,
    stack,
    // Node's TLS is not Windows': what SChannel allows is not seen here. A list that cannot be
    // fetched must not hide what comes behind it.
    machine: {
      server: { tls: '1.2', revocation: 'soft-fail' },
      waysOut: ({ stack: of, url }) =>
        waysBy(options.settings.get(of) ?? { kind: 'direct' }, { ...placeOf(url), address }, addressOf),
    },
    roots: roots.map(rootOf),
    published: published.map(rootOf),
    account: () => account,
  });
  // Whatever is under way is over: it is no evidence of anything.
  return { ...probed, events: [...events] };
}

/** The authorities that Node comes with, and, from Node 22.15 on, those that this machine trusts besides. */
function machineRoots(): string[] {
  const { rootCertificates } = tls;
  const get = (tls as { getCACertificates?(of: 'system' | 'extra'): string[] }).getCACertificates;
  return [...new Set([...rootCertificates, ...(get?.('system') ?? []), ...(get?.('extra') ?? [])])];
}

function rootOf(pem: string): TrustedRoot {
  const { subject, raw } = new X509Certificate(pem);
  return { name: subject, der: raw };
}

function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}

/** A number may have no name, as in a container. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user-${process.getuid?.()}`;
  }
}

/** `DOMAIN\name` on Windows, `machine\name` elsewhere. */
function ownAccount(): Account {
  const username = userName();
  const name = `${process.env.USERDOMAIN ?? hostname().split('.')[0]}\\${username}`;
  return ownAccountPattern.test(name) ? (name as Account) : 'administrator';
}
