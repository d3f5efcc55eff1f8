import type { Account, Operation, StackName } from '../evidence/vocabulary.js';
import type { DocumentedHost } from '../requirements/documented-host.js';
import { hostsAskedOf } from '../requirements/documented-hosts.js';
import type { Server, Site } from '../site/schema.js';
import type { WantedFlow } from './flow.js';

/** Who asks for a documented row, and what for. */
export interface Asking {
  row: DocumentedHost;
  server: string;
  account: Account;
  stack: StackName;
  operation: Operation;
  needs?: WantedFlow['needs'];
}

/** Whose traffic an operation is: the administrator's browser, the services', or Windows' own. */
const askers: Record<Operation, (server: Server) => readonly (readonly [Account, StackName])[]> = {
  install: () => [['local-system', 'system']],
  'sign-in': () => [['administrator', 'browser']],
  register: () => [['administrator', 'browser']],
  bootstrap: ({ services }) => [[services.connector, 'service']],
  listen: ({ services }) => [[services.connector, 'service']],
  deliver: ({ services }) => [[services.connector, 'service']],
  renew: ({ services }) => [[services.connector, 'service']],
  update: ({ services }) => [[services.updater, 'updater']],
  // Whoever speaks TLS has the certificates checked, and Windows does that in the account that asks.
  'revocation-check': ({ services }) =>
    [...new Set<Account>(['administrator', services.connector, services.updater])].map(
      (account) => [account, 'system'] as const,
    ),
  tunnel: ({ services }) => [[services.connector, 'tunnel']],
};

/** Accounts in which a server asks whether certificates are revoked, whoever met them. */
export function revocationAskers(server: Server): Account[] {
  return askers['revocation-check'](server).map(([account]) => account);
}

/** Every row of the page, by everybody who asks for it. */
export function askingsOf(site: Site): Asking[] {
  return site.servers.flatMap((server) => hostsAskedOf(site).flatMap((row) => askingsFor(row, server)));
}

function askingsFor(row: DocumentedHost, server: Server): Asking[] {
  const found = new Map<string, Asking>();
  for (const operation of row.operations)
    for (const [account, stack] of askers[operation](server)) {
      const needs = needsOf(operation, row);
      // One account's flows to a row differ by what an inspector can spoil, and by nothing else.
      const key = `${account} ${stack} ${needs ?? ''}`;
      if (!found.has(key))
        found.set(key, { row, server: server.name, account, stack, operation, ...(needs && { needs }) });
    }
  return [...found.values()];
}

/** What an operation speaks inside TLS that an inspector can spoil (connector-facts 1.4). */
export function needsOf(
  operation: Operation,
  { group, port, rule }: Pick<DocumentedHost, 'group' | 'port' | 'rule'>,
) {
  if (group !== 'service' || port !== 443) return undefined;
  if (rule.includes('servicebus')) return 'websocket' as const;
  return operation === 'register' ? undefined : ('client-certificate' as const);
}

/**
 * The flow that an account of a server wants: by the stack that is the account's own, or, on port 80, by
 * Windows' own, which fetches lists for all of them.
 */
export function wantedBy(server: Server, account: Account, host: string, port: number): WantedFlow {
  const { connector, updater } = server.services;
  const own = account === connector ? 'service' : account === updater ? 'updater' : 'browser';
  const stack = port === 80 ? 'system' : own;
  const operation = port === 80 ? 'revocation-check' : stack === 'browser' ? 'sign-in' : 'bootstrap';
  return { server: server.name, account, stack, host, port, operation };
}
