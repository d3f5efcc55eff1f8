import type { CloudFault } from '../../model/evidence/vocabulary.js';
import { covers } from '../../model/policy/match-host.js';
import type { LeafVariant } from '../pki/pki.js';
import {
  type CloudContext,
  type CloudReply,
  type CloudRequest,
  forScripts,
  html,
  json,
  type Service,
} from './service.js';

/** Switches of a host's certificate, with the certificate that it then has. */
export const certificateVariants = {
  'certificate-expired': 'expired',
  'certificate-not-yet-valid': 'not-yet-valid',
  'certificate-wrong-name': 'wrong-name',
  'certificate-revoked': 'revoked',
  'certificate-without-issuer': 'without-issuer',
  'certificate-of-2026': 'of-2026',
} as const satisfies Partial<Record<CloudFault, LeafVariant>>;

export const certificateFaults = Object.keys(certificateVariants) as (keyof typeof certificateVariants)[];

/** Switches that the front throws for every service alike: how an answer comes, not what it says. */
export const answerFaults = ['service-unavailable', 'throttled', 'slow-body', 'half-closed'] as const;

/** How long an answer takes that is slow on purpose. Lab time, milliseconds; longer than any client waits. */
export const slowAnswerMs = 10 * 60_000;

/** What a throttled client is told to wait is assumed. */
const faultReplies: Partial<Record<CloudFault, CloudReply>> = {
  'service-unavailable': { status: 503, headers: html, body: '<h1>503</h1>' },
  throttled: {
    status: 429,
    headers: { ...json, 'Retry-After': '30' },
    body: JSON.stringify({ error: { code: 'TooManyRequests', message: 'Please retry again later.' } }),
  },
};

/** The answer in place of the service's own, where the switch is one that has such. */
export function replyOf(
  fault: CloudFault | undefined,
  { askedByScripts }: Pick<Service, 'askedByScripts'>,
): CloudReply | undefined {
  const reply = fault && faultReplies[fault];
  if (!reply || !askedByScripts) return reply;
  return { ...reply, headers: { ...reply.headers, ...forScripts } };
}

/**
 * Whether a browser asks what a script may ask. Front ends answer that themselves, however the service
 * behind them is; a script would otherwise not even learn the status.
 */
export function isPreflight({ method, headers }: Pick<CloudRequest, 'method' | 'headers'>): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

/**
 * The first of these switches that is thrown for a host. That it was felt is in evidence then, joined
 * with the connection that felt it.
 */
export function felt<F extends CloudFault>(
  context: CloudContext,
  kinds: readonly F[],
  { host, connection }: { host: string; connection: string },
): F | undefined {
  const thrown = context
    .site()
    .cloud.faults.find((one) => (kinds as readonly string[]).includes(one.fault) && covers(one.host, host));
  if (thrown) context.stack.emit({ kind: 'fault', fault: thrown.fault, host, connection });
  return thrown?.fault as F | undefined;
}
