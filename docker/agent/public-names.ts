import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv4 } from 'node:net';
import { type Answer, AUTHORITATIVE_ANSWER, decode, encode, type Packet } from 'dns-packet';
import { publicAnswer } from '../../mocks/devices/public-answer.js';
import type { CloudHost } from '../../mocks/zone.js';
import { internalNames } from '../../model/path/internal-names.js';
import { resolverAskedBy } from '../../model/policy/own-resolver.js';
import { misanswerFor } from '../../model/policy/resolver.js';
import { ipv6Of, ownFaultyNames } from '../../model/site/address-plan.js';
import { isLoopback } from '../../model/site/address-range.js';
import { isInside, type SiteAddresses, siteAddresses } from '../../model/site/addresses.js';
import { canonical } from '../../model/site/host-name.js';
import type { Resolver, Site } from '../../model/site/schema.js';
import type { Notice } from './channel.js';

const nxdomain = 3;
const ttlSeconds = 60;

/** Where the truthful name server is, and the one that lies for the site's resolver. */
export interface NameAddresses {
  address: string;
  faulty: string;
}

/** A resolver of the site, for which a name server of the internet lies. */
interface Lying {
  /** The server that alone asks it; absent: the site's. */
  of?: string;
  address: string;
  settings: Resolver;
  /** Names that the resolver knows by itself: of these nothing is said here. */
  own: ReadonlySet<string>;
}

/**
 * Name servers of the internet over one zone: a truthful one, and for each of the site's resolvers one
 * that answers as its faults and zones say. A resolver asks its own of these for such names.
 */
export class PublicNames {
  #zone: readonly CloudHost[] = [];
  /** Where the site's machines live, where public names have addresses of IPv6, too. */
  #withIpv6: SiteAddresses | undefined;
  /** By address. */
  #lying: ReadonlyMap<string, Lying> = new Map();
  /** By address. */
  readonly #sockets = new Map<string, Socket>();

  constructor(private readonly tell: (notice: Notice) => void) {}

  /** Answers from a zone, and as a site's resolvers say. */
  async use(zone: readonly CloudHost[], site: Site, { address, faulty }: NameAddresses): Promise<void> {
    this.#zone = zone;
    const addresses = siteAddresses(site);
    this.#withIpv6 = site.link.ipv6 && addresses;
    const own = site.servers.flatMap(({ name, resolver }, index): Lying[] => {
      const { settings, of } = resolverAskedBy(name, site);
      return resolver && of !== undefined
        ? [{ of, address: ownFaultyNames(index), settings, own: new Set() }]
        : [];
    });
    const names = new Set(internalNames(site, addresses).keys());
    const lying = [{ address: faulty, settings: site.resolver, own: names }, ...own];
    this.#lying = new Map(lying.map((one) => [one.address, one]));
    await this.#listen(address, (name) => this.#truth(name));
    for (const one of lying) await this.#listen(one.address, (name) => this.#lie(one.address, name));
  }

  async close(): Promise<void> {
    const sockets = [...this.#sockets.values()];
    this.#sockets.clear();
    await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => socket.close(resolve))));
  }

  #listen(address: string, answer: (name: string) => Partial<Packet> | undefined): Promise<void> {
    if (this.#sockets.has(address)) return Promise.resolve();
    const socket = createSocket('udp4');
    this.#sockets.set(address, socket);
    socket.on('message', (message: Buffer, peer: RemoteInfo) => {
      const { id, questions = [] } = decode(message);
      const [question] = questions;
      if (!question) return;
      const isKnown = question.type === 'A' || question.type === 'CNAME';
      const name = canonical(question.name);
      const reply =
        question.type === 'AAAA' ? this.#ofIpv6(address, name, answer) : isKnown ? answer(name) : {};
      // Who asks for the alias of a name alone, as programs do that ask step by step, gets that.
      if (reply?.answers && question.type === 'CNAME')
        reply.answers = reply.answers.filter(({ type }) => type === 'CNAME').slice(0, 1);
      if (reply)
        socket.send(
          encode({ type: 'response', id, flags: AUTHORITATIVE_ANSWER, questions, ...reply }),
          peer.port,
          peer.address,
        );
    });
    return new Promise((resolve) => socket.bind(53, address, resolve));
  }

  /** The same of IPv6: each public address of IPv4 has one beside it, in sites that speak of it. */
  #ofIpv6(
    server: string,
    name: string,
    answer: (name: string) => Partial<Packet> | undefined,
  ): Partial<Packet> | undefined {
    const inside = this.#withIpv6;
    if (!inside || this.#lying.get(server)?.own.has(name)) return {};
    const reply = answer(name);
    const answers = reply?.answers?.flatMap((one): Answer[] => {
      if (one.type !== 'A') return [one];
      if (!isIPv4(one.data) || isLoopback(one.data) || isInside(inside, one.data)) return [];
      return [{ ...one, type: 'AAAA', data: ipv6Of(one.data) }];
    });
    return reply && { ...reply, ...(answers && { answers }) };
  }

  #truth(name: string): Partial<Packet> {
    const { chain, addresses, outcome } = publicAnswer(this.#zone, name);
    if (outcome !== 'ok') return { flags: AUTHORITATIVE_ANSWER | nxdomain };
    return { answers: records(chain, addresses) };
  }

  #lie(address: string, name: string): Partial<Packet> | undefined {
    const lying = this.#lying.get(address);
    const misanswer = lying && misanswerFor(lying.settings, name);
    if (!misanswer) return this.#truth(name);
    const { of } = lying;
    const { answer, rule, addresses } = misanswer;
    // Of silence the site's own resolver tells.
    if (answer === 'timeout') return undefined;
    this.tell({ kind: 'resolver-fault', name, rule, answered: true, ...(of !== undefined && { of }) });
    switch (answer) {
      case 'nxdomain':
        return { flags: AUTHORITATIVE_ANSWER | nxdomain };
      case 'no-chain': {
        // The alias is answered, its target is not: the client learns no address.
        const { chain } = publicAnswer(this.#zone, name);
        return { flags: AUTHORITATIVE_ANSWER | nxdomain, answers: records(chain.slice(0, 2), []) };
      }
      case 'wrong-address':
        return { answers: records([name], addresses) };
    }
  }
}

function records(chain: readonly string[], addresses: readonly string[]): Answer[] {
  const aliases = chain
    .slice(1)
    .map((data, index): Answer => ({ type: 'CNAME', name: chain[index] ?? '', ttl: ttlSeconds, data }));
  const last = chain.at(-1) ?? '';
  return [...aliases, ...addresses.map((data): Answer => ({ type: 'A', name: last, ttl: ttlSeconds, data }))];
}
