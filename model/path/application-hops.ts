import { certificateDecision, slownessDecision } from '../policy/application.js';
import { internalPlace } from '../site/internal-url.js';
import type { Application } from '../site/schema.js';
import type { Hop } from './way.js';

/** What an application that listens does with a connector's request; none: it answers. */
export function applicationHops(application: Application, from: string): Hop[] {
  const certificate = certificateDecision(application);
  const slowness = slownessDecision(application);
  const isLookedAt = application['validate-backend-certificate'];
  const refused = application.certificate === 'expired' ? 'tls-expired' : 'tls-untrusted-issuer';
  return [
    ...(certificate
      ? [{ ...certificate, from, ...(isLookedAt && ({ result: refused } satisfies Partial<Hop>)) }]
      : []),
    ...(slowness ? [{ ...slowness, from, result: 'tcp-drop' } satisfies Hop] : []),
    ...failing(application, from),
  ];
}

/** It answers, so nothing stops the flow; what it answers is for its users. */
function failing({ name, state }: Application, from: string): Hop[] {
  if (state !== 'failing') return [];
  const explanation = `"${name}" answers every request with status 500`;
  return [{ device: 'application-host', from, action: 'answer', rule: 'state failing', explanation }];
}

/** Whether TLS is spoken to an application. */
export function isSecure(application: Application | undefined): boolean {
  return application !== undefined && internalPlace(application).secure;
}
