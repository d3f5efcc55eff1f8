import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect as http2Connect, type IncomingHttpHeaders } from 'node:http2';
import { type ResultName, resultNames } from '../../model/evidence/vocabulary.js';
import type { NetworkStack } from '../network.js';
import type { TrustedRoot } from '../pki/pki.js';
import { goodbye } from '../protocol/goodbye.js';
import { protocolHeader, reasonHeader, resultHeader } from '../protocol/tunnel.js';
import { secured } from './secured.js';
import { trusting } from './trusting.js';

/** A user's connection that the service is asked for. */
export interface Wanted {
  /** The service's host on the users' side. */
  through: string;
  host: string;
  port: number;
  protocol: 'tcp' | 'udp';
  token: string;
}

export interface Ended {
  outcome: ResultName;
  sent: number;
  received: number;
  detail?: string;
}

/** How many bytes a user says, and wants to hear again. */
const length = 100_000;

/**
 * Connects to a private resource, says something, ends its direction, and listens to the end: the
 * resource says again what it heard, and then how much that was.
 * @throws NetworkError, or an error with a code, where the network or the peer ended it
 */
export async function say(
  stack: NetworkStack,
  roots: readonly TrustedRoot[],
  wanted: Wanted,
): Promise<Ended> {
  const { through, host, port, protocol, token } = wanted;
  const { socket } = await stack.connect({ host: through, port: 443 });
  const secure = await secured(socket, through, trusting(roots), 'h2');
  const session = http2Connect(`https://${through}`, { createConnection: () => secure });
  try {
    const stream = session.request(
      {
        ':method': 'CONNECT',
        ':authority': `${host}:${port}`,
        'proxy-authorization': `Bearer ${token}`,
        [protocolHeader]: protocol,
      },
      { endStream: false },
    );
    const [headers] = (await once(stream, 'response')) as [IncomingHttpHeaders & { ':status'?: number }];
    if (headers[':status'] !== 200)
      return {
        outcome: resultNames.find((name) => name === headers[resultHeader]) ?? 'refused-by-service',
        sent: 0,
        received: 0,
        detail: String(headers[reasonHeader] ?? headers[':status']),
      };
    const said = randomBytes(length);
    stream.end(said);
    const heard: Buffer[] = [];
    for await (const chunk of stream) heard.push(chunk as Buffer);
    const all = Buffer.concat(heard);
    const isWhole = digest(all) === digest(Buffer.concat([said, goodbye(length)]));
    return {
      outcome: isWhole ? 'ok' : 'tcp-reset',
      sent: length,
      received: all.length,
      ...(!isWhole && { detail: 'what came back is not what was sent' }),
    };
  } finally {
    session.destroy();
  }
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
