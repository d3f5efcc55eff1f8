import type { IncomingHttpHeaders } from 'node:http';
import type { Account, Operation, StackName } from '../../model/evidence/vocabulary.js';
import type { ClientCertificate } from './trust/tls-client.js';

/** One use of one host by one account over one stack. */
export interface Call {
  operation: Operation;
  purpose: string;
  account: Account;
  stack: StackName;
  url: URL;
  /** GET, where absent. */
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  certificate?: ClientCertificate;
  /** An application inside the site: never through a proxy, and whatever it answers is for the user. */
  direct?: boolean;
  /** Of what is inside the site: any certificate will do. */
  takesAnyCertificate?: boolean;
  /** Whatever is answered says that the host was reached; only what a proxy answers in its place does not. */
  takesAnyAnswer?: boolean;
  /** What TLS is asked to carry; HTTP/1.1, where absent. */
  protocol?: 'h2';
  /** The kind of answer that is one; an HTML page in its place is somebody else's. */
  expects?: 'xml' | 'json' | 'certificate';
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  connection: string;
}

/** Where a URL leads. */
export function placeOf(url: URL): { host: string; port: number } {
  return { host: url.hostname, port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)) };
}
