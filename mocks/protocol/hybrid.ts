import { z } from 'zod';
import { ProtocolError } from './xml.js';

/**
 * Azure Relay Hybrid Connections, the relay's openly documented protocol (connector-facts 2). The
 * connector does not speak it; other agents do.
 */
export const hybridPath = '/$hc/';

/** Larger bodies, bytes, go over a rendezvous. */
export const largestInline = 65_536;
export const mostListeners = 25;
/** How long a listener has to answer a request. */
export const answerMs = 60_000;

const actions = ['listen', 'connect', 'accept', 'request'] as const;
export type HybridAction = (typeof actions)[number];

/** Where a WebSocket is to lead. */
export interface HybridAddress {
  /** The hybrid connection, and what comes below it: `orders/new`. */
  path: string;
  action: HybridAction;
  id?: string;
  token?: string;
  /** A listener that says no. */
  rejects?: { status: number; description: string };
  /** Parameters that are none of the relay's. */
  query: string;
}

/** Reads the target of an upgrade; undefined where it is not of this protocol. */
export function readHybridAddress(target: string): HybridAddress | undefined {
  if (!URL.canParse(target, 'wss://relay')) return undefined;
  const { pathname, searchParams } = new URL(target, 'wss://relay');
  const of = (name: string) => searchParams.get(`sb-hc-${name}`) ?? undefined;
  const action = actions.find((one) => one === of('action'));
  const path = decodePath(pathname.slice(hybridPath.length));
  if (!pathname.startsWith(hybridPath) || !path || !action) return undefined;
  const status = Number(of('statusCode'));
  const query = [...searchParams].filter(([name]) => !name.startsWith('sb-hc-'));
  return {
    path,
    action,
    query: new URLSearchParams(query).toString(),
    ...(of('id') && { id: of('id') }),
    ...(of('token') && { token: of('token') }),
    ...(Number.isInteger(status) &&
      status >= 400 &&
      status < 600 && { rejects: { status, description: of('statusDescription') ?? '' } }),
  };
}

/** A path as people write it; undefined where it is none. */
export function decodePath(text: string): string | undefined {
  try {
    const path = decodeURIComponent(text);
    let end = path.length;
    while (path[end - 1] === '/') end--;
    return path.slice(0, end);
  } catch {
    return undefined;
  }
}

const headers = z.record(z.string().max(256), z.string().max(32_768));
const listenerMessage = z.union([
  z.object({
    response: z.object({
      requestId: z.string().max(128),
      statusCode: z.coerce.number().int().min(100).max(599),
      statusDescription: z.string().max(1024).nullish(),
      responseHeaders: headers.nullish(),
      body: z.boolean().nullish(),
    }),
  }),
  z.object({ renewToken: z.object({ token: z.string().max(4096) }) }),
]);
export type ListenerMessage = z.infer<typeof listenerMessage>;
export type ListenerResponse = Extract<ListenerMessage, { response: unknown }>['response'];

/** What a listener says on its control channel, or of a request on the rendezvous. @throws ProtocolError */
export function readListenerMessage(text: string): ListenerMessage {
  try {
    return listenerMessage.parse(JSON.parse(text));
  } catch (error) {
    throw new ProtocolError('no message of a listener', { cause: error });
  }
}

const hopHeaders = [
  'connection',
  'content-length',
  'host',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'close',
];

/** Headers as they go on, without those of the hop and the relay's own; `Via` tells of the relay. */
export function forwardedHeaders(
  given: Readonly<Record<string, string | string[] | undefined | null>>,
  via: string,
): Record<string, string> {
  const kept = Object.entries(given).flatMap(([name, value]): [string, string][] => {
    const lower = name.toLowerCase();
    const isValue = typeof value === 'string' || Array.isArray(value);
    if (!isValue || hopHeaders.includes(lower) || lower === 'servicebusauthorization') return [];
    return [[name, String(value).replace(/[\r\n\0]/g, ' ')]];
  });
  const before = kept.find(([name]) => name.toLowerCase() === 'via');
  const others = kept.filter((one) => one !== before && /^[\w!#$%&'*+.^`|~-]+$/.test(one[0]));
  return { ...Object.fromEntries(others), Via: [before?.[1], `1.1 ${via}`].filter(Boolean).join(', ') };
}
