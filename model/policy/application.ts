import { internalPlace } from '../site/internal-url.js';
import type { Application, ApplicationCertificate } from '../site/schema.js';

/** So long a connector waits for an application, unless it is published with the long time-out (connector-facts 4.2). */
export const backendTimeoutMs = 85_000;
/** When a slow application answers. Milliseconds of lab time. */
export const slowAnswerMs = 120_000;

const shown: Record<Exclude<ApplicationCertificate, 'trusted'>, string> = {
  'self-signed': 'that it signed itself',
  expired: 'that has expired',
  'wrong-name': 'for another name',
};

/**
 * The host of an application shows a certificate that whoever looks at certificates refuses, in the words
 * of the evidence; undefined: it is a good one, or none is asked for.
 */
export function certificateDecision(application: Pick<Application, 'internal' | 'certificate'>) {
  const { certificate } = application;
  const { host, secure } = internalPlace(application);
  if (!secure || certificate === 'trusted') return undefined;
  return {
    device: 'application-host',
    action: 'present',
    rule: `certificate ${certificate}`,
    explanation: `${host} shows a certificate ${shown[certificate]}`,
  } as const;
}

/** An application answers everything with an error, in the words of the evidence; undefined: it does not. */
export function failureDecision({ name, state }: Pick<Application, 'name' | 'state'>) {
  if (state !== 'failing') return undefined;
  return {
    device: 'application-host',
    action: 'allow',
    rule: 'state failing',
    explanation: `"${name}" answers every request with status 500`,
  } as const;
}

/** An application answers too late for a connector, in the words of the evidence; undefined: it does not. */
export function slownessDecision({ name, state }: Pick<Application, 'name' | 'state'>) {
  if (state !== 'slow') return undefined;
  const [late, patience] = [slowAnswerMs / 1000, backendTimeoutMs / 1000];
  return {
    device: 'application-host',
    action: 'drop',
    rule: 'state slow',
    explanation: `"${name}" answers after ${late} s, and connectors wait for ${patience} s`,
  } as const;
}
