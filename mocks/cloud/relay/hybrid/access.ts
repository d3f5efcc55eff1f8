import { createHmac, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Pki } from '../../../pki/pki.js';
import { checkSas, sasFacts } from '../../../protocol/sas.js';
import type { CloudContext } from '../../service.js';

/** Policies of every hybrid connection in the lab, with what they allow. */
const policies: Readonly<Record<string, readonly ('listen' | 'send')[]>> = {
  RootManageSharedAccessKey: ['listen', 'send'],
  listener: ['listen'],
  sender: ['send'],
};

/** The key of a policy, made for one run. */
export function hybridKey({ relayKey }: Pki, policy: string): string {
  return createHmac('sha256', relayKey).update(`hybrid ${policy}`).digest('base64');
}

/** A refusal with the reason phrase that clients show (connector-facts 2.1). */
export interface HybridRefusal {
  status: 400 | 401 | 403 | 404 | 410 | 500 | 502 | 504;
  reason: string;
}

export function refusal(status: HybridRefusal['status'], why: string): HybridRefusal {
  return { status, reason: `${why}. TrackingId:${randomUUID()}` };
}

export interface Wish {
  right: 'listen' | 'send';
  /** `contoso.servicebus.windows.net` */
  host: string;
  /** The hybrid connection. */
  path: string;
  token: string | undefined;
}

/** Whether a token opens what is wished for; else how it is refused. */
export function authorize({ pki, stack }: CloudContext, { right, host, path, token }: Wish) {
  if (!token) return refusal(401, 'MissingToken: there is no token');
  const standing = checkSas(token, {
    keyOf: (name) => (Object.hasOwn(policies, name) ? hybridKey(pki, name) : undefined),
    resource: `${host}/${path}`,
    now: stack.clock.now(),
  });
  if (standing === 'wrong-resource') return refusal(403, 'the token is for something else');
  if (standing !== 'valid') return refusal(401, `InvalidToken: the token is ${standing}`);
  const rights = policies[sasFacts(token)?.keyName ?? ''] ?? [];
  return rights.includes(right) ? undefined : refusal(403, `the token does not give the right to ${right}`);
}

/** Where a token may be, in the order in which the relay takes it out (connector-facts 2.4). */
export function tokenOf(query: string | undefined, headers: IncomingHttpHeaders): string | undefined {
  return query ?? headers.servicebusauthorization?.toString() ?? headers.authorization;
}
