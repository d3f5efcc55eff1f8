import type { IncomingHttpHeaders } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import type { CloudService } from '../../model/evidence/vocabulary.js';
import type { Site } from '../../model/site/schema.js';
import type { NetworkStack } from '../network.js';
import type { Pki } from '../pki/pki.js';
import type { ServiceNames } from '../protocol/names.js';
import type { CloudHost } from '../zone.js';
import type { Block } from './blocks.js';
import type { Upgrade } from './relay/upgrade.js';
import type { CloudState } from './state.js';

/** A client certificate as the service judges it. */
export type Standing = 'valid' | 'missing' | 'expired' | 'not-yet-valid' | 'untrusted' | 'not-asked';

export interface CloudRequest {
  host: string;
  connection: string;
  /** Address that the request came from, after proxies. */
  peer: string;
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
  certificate: Standing;
  tenantId?: string;
  connectorId?: string;
}

export interface CloudReply {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** The body begins, and its rest comes so much later. Lab time, milliseconds. */
  takesMs?: number;
  /** For the evidence: why, in words. */
  detail?: string;
  connectorId?: string;
}

type Reply = CloudReply | Promise<CloudReply>;

/** A request in, a reply out. */
export type Handler = (request: CloudRequest) => Reply;

/** A stream of HTTP/2 in; the reply is what evidence says of it. */
export type StreamHandler = (
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  request: StreamRequest,
) => Reply;

/** A WebSocket upgrade in; the reply is what evidence says of it. Disposing of it closes what is open. */
export interface UpgradeHandler extends Disposable {
  accept(upgrade: Upgrade): Reply;
}

/** A public name of a service. */
export interface ServiceHost {
  name: string;
  block: Block;
  /** CNAMEs between the name and its address, in order. */
  chain?: readonly string[];
  /** 443 alone, where absent. */
  ports?: readonly number[];
}

/**
 * One service of the cloud, as it declares itself: names, front, faults and evidence know of it what
 * stands here. It is made once for a cloud by `answer`, `http2` and `webSocket`, whichever it has.
 */
export interface Service {
  name: CloudService;
  /** Its names in some site's cloud. */
  hosts(names: ServiceNames, site: Site): readonly ServiceHost[];
  /** Asks whoever comes for a connector's certificate. */
  clientCertificate?: true;
  /** Scripts in pages of other hosts ask it, and see what befell them, too. */
  askedByScripts?: true;
  /** HTTP/1.1; without it every request is a 404. */
  answer?(context: CloudContext): Handler;
  http2?(context: CloudContext): StreamHandler;
  webSocket?(context: CloudContext): UpgradeHandler;
}

/** What several services of a cloud have in common: made when the first of them asks for it. */
export function onePerCloud<T extends object>(
  make: (context: CloudContext) => T,
): (context: CloudContext) => T {
  const made = new WeakMap<CloudContext, T>();
  return (context) => {
    const one = made.get(context) ?? make(context);
    made.set(context, one);
    return one;
  };
}

/** What services share. */
export interface CloudContext {
  stack: NetworkStack;
  pki: Pki;
  state: CloudState;
  site(): Site;
  names(): ServiceNames;
}

export const xml = { 'Content-Type': 'application/xml; charset=utf-8' };
export const json = { 'Content-Type': 'application/json; charset=utf-8' };
export const html = { 'Content-Type': 'text/html; charset=utf-8' };

/** Scripts of any page may read the answer, and when to ask again (Fetch standard, CORS protocol). */
export const forScripts = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'request-id, client-request-id, Retry-After, Location',
};

/** What a service answers to a client without a good certificate (connector-facts 1.4). */
export function refuseCertificate(request: CloudRequest): CloudReply | undefined {
  if (request.certificate === 'valid') return undefined;
  return {
    status: 403,
    headers: html,
    body: '<h1>403 Forbidden</h1>',
    detail: `client certificate ${request.certificate}`,
  };
}

/** Who opened a connection on which streams arrive. */
export interface StreamPeer {
  host: CloudHost;
  connection: string;
  peer: string;
  certificate: Standing;
  connectorId?: string;
}

export interface StreamRequest extends StreamPeer {
  method: string;
  path: string;
}
