import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { type Answer, AUTHORITATIVE_ANSWER, decode, encode, type Packet } from 'dns-packet';
import { publicAnswer } from '../../mocks/devices/public-answer.js';
import type { CloudHost } from '../../mocks/zone.js';
import { misanswerFor } from '../../model/policy/resolver.js';
import { canonical } from '../../model/site/host-name.js';
import type { Resolver } from '../../model/site/schema.js';
import type { Notice } from './channel.js';

const nxdomain = 3;
const ttlSeconds = 60;

/**
 * Two name servers of the internet over one zone: a truthful one, and one that answers as the faults
 * and zones of the site's resolver say. The site's own resolver asks the second for those names.
 */
export class PublicNames {
  #zone: readonly CloudHost[] = [];
  #resolver: Resolver = { zones: {}, faults: [] };
  readonly #sockets: Socket[] = [];

  constructor(private readonly tell: (notice: Notice) => void) {}

  use(zone: readonly CloudHost[], resolver: Resolver): void {
    this.#zone = zone;
    this.#resolver = resolver;
  }

  async serve({ address, faulty }: { address: string; faulty: string }): Promise<void> {
    await this.#listen(address, (name) => this.#truth(name));
    await this.#listen(faulty, (name) => this.#lie(name));
  }

  async close(): Promise<void> {
    const closed = this.#sockets
      .splice(0)
      .map((socket) => new Promise<void>((resolve) => socket.close(resolve)));
    await Promise.all(closed);
  }

  #listen(address: string, answer: (name: string) => Partial<Packet> | undefined): Promise<void> {
    const socket = createSocket('udp4');
    this.#sockets.push(socket);
    socket.on('message', (message: Buffer, peer: RemoteInfo) => {
      const { id, questions = [] } = decode(message);
      const [question] = questions;
      if (!question) return;
      const reply = question.type === 'A' ? answer(canonical(question.name)) : {};
      if (reply)
        socket.send(
          encode({ type: 'response', id, flags: AUTHORITATIVE_ANSWER, questions, ...reply }),
          peer.port,
          peer.address,
        );
    });
    return new Promise((resolve) => socket.bind(53, address, resolve));
  }

  #truth(name: string): Partial<Packet> {
    const { chain, addresses, outcome } = publicAnswer(this.#zone, name);
    if (outcome !== 'ok') return { flags: AUTHORITATIVE_ANSWER | nxdomain };
    return { answers: records(chain, addresses) };
  }

  #lie(name: string): Partial<Packet> | undefined {
    const misanswer = misanswerFor(this.#resolver, name);
    if (!misanswer) return this.#truth(name);
    const { answer, rule, addresses } = misanswer;
    // Of silence the site's own resolver tells.
    if (answer === 'timeout') return undefined;
    this.tell({ kind: 'resolver-fault', name, rule, answered: true });
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
