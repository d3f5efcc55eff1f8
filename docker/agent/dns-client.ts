import { createSocket } from 'node:dgram';
import { decode, encode, RECURSION_DESIRED } from 'dns-packet';

export interface DnsAnswer {
  outcome: 'ok' | 'dns-nxdomain';
  /** From the asked name along CNAMEs. */
  chain: string[];
  addresses: string[];
}

export interface Query {
  name: string;
  answer: Promise<DnsAnswer>;
  /** Ends the query without an answer. */
  giveUp(error: Error): void;
}

/** How long an answer, or the evidence that there is none, may take, milliseconds. For hangs. */
const patienceMs = 60_000;

/** Asks a resolver for the addresses of a name, over UDP: those of IPv4 (A), or of IPv6 (AAAA). */
export async function ask(
  resolver: string,
  from: string,
  name: string,
  type: 'A' | 'AAAA' = 'A',
): Promise<Query> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, from, resolve));
  const { port } = socket.address();
  let giveUp: (error: Error) => void = () => {};
  const answered = new Promise<DnsAnswer>((resolve, reject) => {
    giveUp = reject;
    socket.on('message', (message) => resolve(read(name, message)));
    socket.on('error', reject);
  });
  const silent = () => giveUp(new Error(`${resolver} did not answer in ${patienceMs} ms`));
  const timer = setTimeout(silent, patienceMs);
  const query = encode({
    type: 'query',
    id: port & 0xffff,
    flags: RECURSION_DESIRED,
    questions: [{ type, name }],
  });
  socket.send(query, 53, resolver);
  const answer = answered.finally(() => {
    clearTimeout(timer);
    socket.close();
  });
  return { name, answer, giveUp };
}

function read(name: string, message: Buffer): DnsAnswer {
  const { answers = [], flags = 0 } = decode(message);
  const chain = [name];
  const addresses: string[] = [];
  for (const answer of answers) {
    if (answer.type === 'CNAME') chain.push(answer.data);
    if (answer.type === 'A' || answer.type === 'AAAA') addresses.push(answer.data);
  }
  const failed = (flags & 0xf) !== 0 || addresses.length === 0;
  return { outcome: failed ? 'dns-nxdomain' : 'ok', chain, addresses };
}
