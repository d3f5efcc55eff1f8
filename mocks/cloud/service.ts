import type { IncomingHttpHeaders } from 'node:http';
import type { Site } from '../../model/site/schema.js';
import type { NetworkStack } from '../network.js';
import type { Pki } from '../pki/pki.js';
import type { ServiceNames } from '../protocol/names.js';
import type { CloudHost } from '../zone.js';
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

/** One service of the cloud: a request in, a reply out. */
export type Service = (request: CloudRequest) => CloudReply | Promise<CloudReply>;

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
