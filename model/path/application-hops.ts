import { certificateDecision, failureDecision, slownessDecision } from '../policy/application.js';
import { internalPlace } from '../site/internal-url.js';
import type { Application } from '../site/schema.js';
import type { Hop } from './way.js';

/** What an application that listens does with a connector's request; none: it answers. */
export function applicationHops(application: Application, from: string): Hop[] {
  const certificate = certificateDecision(application);
  const slowness = slownessDecision(application);
  const failure = failureDecision(application);
  const isLookedAt = application['validate-backend-certificate'];
  const refused = application.certificate === 'expired' ? 'tls-expired' : 'tls-untrusted-issuer';
  return [
    ...(certificate
      ? [{ ...certificate, from, ...(isLookedAt && ({ result: refused } satisfies Partial<Hop>)) }]
      : []),
    ...(slowness ? [{ ...slowness, from, result: 'tcp-drop' } satisfies Hop] : []),
    // It answers, so nothing stops the flow; what it answers is for its users.
    ...(failure ? [{ ...failure, from }] : []),
  ];
}

/** Whether TLS is spoken to an application. */
export function isSecure(application: Application | undefined): boolean {
  return application !== undefined && internalPlace(application).secure;
}
