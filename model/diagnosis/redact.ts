import { rowsFor } from '../requirements/lookup.js';
import type { Evidence } from './evidence.js';
import { commonName, endsAtKnown } from './known-issuers.js';

const tenantId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const privateAddress =
  /^(?:10\.|127\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;
const noTenant = '00000000-0000-0000-0000-000000000000';

/**
 * Evidence without the names of whoever it is about: servers, accounts, tenant, proxies, addresses inside,
 * hosts and authorities that are not the service's. The same name becomes the same word everywhere, so that
 * a diagnosis finds what it found before. Words of other ends go, but for what a diagnosis reads in them.
 */
export function redacted(evidence: Evidence): Evidence {
  const words = new Words();
  const server = (name: string) => words.of('server', name);
  const account = (name: string) => (name.includes('\\') ? `REDACTED\\${words.of('account', name)}` : name);
  const host = (name: string) =>
    isDocumented(name) ? name.replaceAll(tenantId, noTenant) : words.of('host', name);
  const address = (text: string) => {
    if (!privateAddress.test(text)) return text;
    const number = words.of('address', text).slice('address-'.length);
    return text.startsWith('127.')
      ? text
      : `10.0.${Math.floor(Number(number) / 250)}.${Number(number) % 250}`;
  };
  const place = (text: string) => {
    const [, name = text, port = ''] = /^(.*?)(:\d+)?$/.exec(text) ?? [];
    return `${words.of('proxy', name)}${port}`;
  };
  const certificates = (chain: NonNullable<Evidence['attempts'][number]['shown']>['chain']) =>
    endsAtKnown(chain)
      ? chain.map((one) => ({ ...one, subject: one.subject.replaceAll(tenantId, noTenant) }))
      : chain.map((one) => ({
          subject: 'CN=redacted',
          issuer: `CN=${words.of('authority', commonName(one.issuer))}`,
          notAfter: one.notAfter,
        }));
  return {
    schema: evidence.schema,
    attempts: evidence.attempts.map(({ said, via, shown, ...one }) => ({
      ...{ ...one, server: server(one.server), account: account(one.account) as typeof one.account },
      host: host(one.host),
      ...(one.address !== undefined && { address: address(one.address) }),
      ...(via !== undefined && { via: place(via) }),
      ...(shown && { shown: { ...shown, chain: certificates(shown.chain) } }),
      ...saidShort(said),
    })),
    answers: evidence.answers.map((one) => ({
      ...{ ...one, server: server(one.server), name: host(one.name) },
      ...(one.account !== undefined && { account: account(one.account) as typeof one.account }),
      aliases: one.aliases.map((alias) => (isDocumented(one.name) ? alias : words.of('host', alias))),
      addresses: one.addresses.map(address),
    })),
    operations: evidence.operations.map(({ said, ...one }) => ({
      ...{ ...one, server: server(one.server) },
      ...saidShort(said),
    })),
    facts: evidence.facts.map((one) => ({ ...one, server: server(one.server) })),
    services: evidence.services.map((one) => ({ ...one, server: server(one.server) })),
    pages: evidence.pages.map((one) => ({ ...one, url: `https://${host(new URL(one.url).hostname)}/` })),
    accesses: evidence.accesses.map((one) => ({ ...one, host: host(one.host) })),
  };
}

/** What rules read in the words of the other end; all else may hold a name. */
const read = [
  /asking for (?:(?!asking for )[\w, ])+$/,
  /this clock is -?\d+ minutes off the service's/,
  / is not for /,
  /out of date/,
  /does not know the certificate/,
  /the service answered \d+/,
];

function saidShort(said: string | undefined): { said?: string } {
  const found = read.flatMap((one) => one.exec(said ?? '')?.[0] ?? []);
  return found.length > 0 ? { said: found.join('; ') } : {};
}

function isDocumented(name: string): boolean {
  return (['public', 'us-government'] as const).some((environment) =>
    [443, 80].some((port) => rowsFor(name, port, environment).length > 0),
  );
}

/** One word for each name, of a kind. */
class Words {
  readonly #known = new Map<string, Map<string, string>>();

  of(kind: string, name: string): string {
    const words = this.#known.get(kind) ?? new Map<string, string>();
    this.#known.set(kind, words);
    const word = words.get(name) ?? `${kind}-${words.size + 1}`;
    words.set(name, word);
    return word;
  }
}
