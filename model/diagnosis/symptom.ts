import type { Attempt } from './evidence.js';
import { endsAtKnown } from './known-issuers.js';

/** How an attempt ended, as far as the server can tell: what can be told apart there, and nothing more. */
export const symptoms = [
  'works',
  'no-such-name',
  'no-answer-about-name',
  'silence',
  'refused',
  'reset',
  'silence-later', // TCP was connected, then nothing came
  'reset-later', // TCP was connected, then reset
  'lost-after-use', // a connection that had worked before
  'answer-stopped',
  'proxy-nameless',
  'proxy-silent',
  'proxy-absent',
  'proxy-asks',
  'proxy-refuses',
  'proxy-page',
  'proxy-finds-no-name',
  'proxy-gets-no-answer',
  'proxy-cannot-connect',
  'page',
  'forged',
  'untrusted',
  'wrong-name',
  'protocol-version',
  'expired',
  'not-yet-valid',
  'revoked',
  'no-revocation-information',
  'revocation-unusable',
  'unauthorized',
  'upgrade-refused',
  'clock',
  'refused-by-service',
  'refused-by-installer',
  'follows', // another attempt made it fail
] as const;
export type Symptom = (typeof symptoms)[number];

/** What to make of one attempt, beside those before it: `used`: connections over which something had worked. */
export function symptomOf(attempt: Attempt, used: ReadonlySet<string>): Symptom {
  if (attempt.outcome === 'ok') return 'works';
  if (attempt.because !== undefined || isOfRevocation(attempt)) return 'follows';
  if (attempt.connection !== undefined && used.has(attempt.connection)) return lost(attempt);
  return attempt.via === undefined ? direct(attempt) : proxied(attempt);
}

/** The check of revocation is an attempt of its own. */
function isOfRevocation({ outcome, operation }: Attempt): boolean {
  return outcome === 'tls-revocation-offline' && operation !== 'revocation-check';
}

function lost(attempt: Attempt): Symptom {
  const { outcome } = attempt;
  return outcome === 'tcp-drop' || outcome === 'tcp-reset' || outcome === 'idle-timeout'
    ? 'lost-after-use'
    : further(attempt);
}

function direct(attempt: Attempt): Symptom {
  const { outcome, connected, waitedMs = 0, status } = attempt;
  switch (outcome) {
    case 'dns-nxdomain':
      return 'no-such-name';
    case 'dns-timeout':
      return 'no-answer-about-name';
    case 'tcp-drop':
      if (status !== undefined || waitedMs >= answerPatienceMs) return 'answer-stopped';
      return connected ? 'silence-later' : 'silence';
    case 'tcp-reject':
      return 'refused';
    case 'tcp-reset':
      return connected ? 'reset-later' : 'reset';
    case 'sni-block':
      return 'reset-later';
    case 'proxy-unreachable':
      return proxyGone(attempt);
    default:
      return further(attempt);
  }
}

function proxied(attempt: Attempt): Symptom {
  const { outcome, shown, status, waitedMs = 0 } = attempt;
  switch (outcome) {
    case 'proxy-unreachable':
      return proxyGone(attempt);
    case 'proxy-407':
      return 'proxy-asks';
    case 'proxy-403':
      return 'proxy-refuses';
    case 'dns-nxdomain':
    case 'dns-timeout':
      return 'proxy-finds-no-name';
    case 'tcp-drop':
      if (shown && (status !== undefined || waitedMs >= answerPatienceMs)) return 'answer-stopped';
      return status === undefined && waitedMs === 0 ? 'silence-later' : 'proxy-gets-no-answer';
    case 'tcp-reject':
      return 'proxy-cannot-connect';
    case 'tcp-reset':
      return 'reset-later';
    case 'http-block-page':
      return shown ? further(attempt) : 'proxy-page';
    default:
      return further(attempt);
  }
}

function proxyGone({ via, waitedMs = 0, address }: Attempt): Symptom {
  if (via !== undefined && address === undefined) return 'proxy-nameless';
  return waitedMs > 0 ? 'proxy-silent' : 'proxy-absent';
}

/** After the connection was there: TLS and what was said in it. */
function further(attempt: Attempt): Symptom {
  const { outcome, shown, said = '' } = attempt;
  switch (outcome) {
    case 'tls-untrusted-issuer':
      if (/ is not for /.test(said)) return 'wrong-name';
      return shown && endsAtKnown(shown.chain) ? 'untrusted' : 'forged';
    case 'tls-protocol-version':
      return 'protocol-version';
    case 'tls-expired':
      return 'expired';
    case 'tls-not-yet-valid':
      return 'not-yet-valid';
    case 'tls-revoked':
      return 'revoked';
    case 'tls-no-revocation-info':
      return 'no-revocation-information';
    case 'tls-revocation-offline':
      return 'revocation-unusable';
    case 'http-block-page':
      return 'page';
    case 'http-unauthorized':
    case 'tls-client-certificate-lost':
      return 'unauthorized';
    case 'websocket-upgrade-refused':
      return 'upgrade-refused';
    case 'clock-skew':
      return 'clock';
    case 'idle-timeout':
      return 'lost-after-use';
    case 'refused-by-installer':
      return 'refused-by-installer';
    default:
      return 'refused-by-service';
  }
}

/** .NET waits so long for an answer that has begun; a SYN is given up after 21 s. Milliseconds. */
const answerPatienceMs = 60_000;
