import type { Candidate, Rule } from '../cause.js';
import { commonName } from '../known-issuers.js';
import { scopesOf } from '../scope.js';
import type { Seen } from '../sight.js';
import type { Symptom } from '../symptom.js';
import { isAnsweredWrongly } from '../wrong-answer.js';
import { stopped } from './stopped.js';

/** What inspection spoils: all that comes after its certificate. */
const spoilt: readonly Symptom[] = [
  'forged',
  'unauthorized',
  'refused-by-service',
  'upgrade-refused',
  'page',
  'no-revocation-information',
  'wrong-name',
  'silence-later',
  'reset-later',
  'protocol-version',
];
const isShownKnown = ({ shown, forged }: Seen) => shown !== undefined && !forged;

/** Certificates of somebody else. Where nothing fails of it (a sign-in page that is inspected) it is no cause. */
const inspected: Rule = {
  id: 'tls/inspected',
  says: "TLS is inspected: the certificates shown are not the service's",
  members: [
    'a device at the edge that inspects TLS',
    'a proxy that does, in its tunnels',
    'a resolver that sends the names to somebody else',
  ],
  unlike: {
    rule: 'tls/roots-missing',
    tell: "Nothing more is needed where the issuer is a company's own: its name stands in the certificate.",
  },
  find({ attempts }) {
    const shown = attempts.filter(({ forged }) => forged);
    return scopesOf(shown, attempts.filter(isShownKnown)).map(({ scope, failed }): Candidate => {
      const issuers = new Set(failed.map((one) => commonName(one.shown?.chain.at(-1)?.issuer ?? '')));
      return {
        scope,
        explains: failed.filter(({ symptom }) => spoilt.includes(symptom)).map(({ id }) => id),
        confidence: 'certain',
        seen: `issued by ${[...issuers].join(', ')}`,
      };
    });
  },
};

const shaken = ({ symptom, forged, shown }: Seen) => shown !== undefined && symptom === 'works' && !forged;
const service = ({ row, forged }: Seen) => row !== undefined && !forged;

export const tls: readonly Rule[] = [
  inspected,
  stopped({
    id: 'tls/roots-missing',
    says: 'The server does not trust the authority of the service',
    members: ['a root store without the newest roots, and no list of roots fetched'],
    unlike: { rule: 'tls/inspected', tell: "Compare the root's key with the one that is published." },
    symptoms: ['untrusted'],
    among: service,
    passed: shaken,
  }),
  stopped({
    id: 'tls/version',
    says: 'Server and service agree on no version of TLS',
    members: ['Windows or .NET without TLS 1.2', 'a device on the way that speaks only older versions'],
    unlike: {
      rule: 'tls/inspected',
      tell: 'Connect from the same server with a program that has its own TLS, such as a current browser.',
    },
    symptoms: ['protocol-version'],
    among: service,
    passed: shaken,
    certain: true,
  }),
  stopped({
    id: 'tls/certificate-of-service',
    says: 'The service shows a certificate that is not valid',
    members: [
      'a certificate that has expired, is not valid yet, was revoked or is of another name',
      'a name that leads to another service',
    ],
    unlike: {
      rule: 'server/clock',
      tell: "Compare the server's clock with another; look at the same host from another network.",
    },
    symptoms: ['expired', 'not-yet-valid', 'wrong-name'],
    among: service,
    passed: shaken,
    seen: (failed) => failed[0]?.said,
  }),
  stopped({
    id: 'path/page',
    says: 'A page comes in place of the answer',
    members: ['a filter on the way that answers for the service', 'a proxy that nobody sees'],
    unlike: { rule: 'proxy/refuses', tell: 'Read the page: whoever makes it says so.' },
    symptoms: ['page'],
    among: service,
    passed: ({ symptom }) => symptom === 'works',
    certain: true,
  }),
  stopped({
    id: 'websocket/removed',
    says: 'The upgrade to WebSocket is refused',
    members: ['a proxy or filter that removes it', 'the relay itself'],
    unlike: { rule: 'tls/inspected', tell: 'Look at the issuer of the certificate that is shown there.' },
    symptoms: ['upgrade-refused'],
    among: service,
    passed: ({ operation, symptom }) => operation === 'listen' && symptom === 'works',
  }),
  stopped({
    id: 'path/silent-after-connect',
    says: 'TCP connects, and then nothing comes',
    members: [
      'a firewall that drops once it has read the name',
      'a line that loses large packets, where nobody hears of it (MTU, ICMP blocked)',
      'a service that hangs',
    ],
    unlike: {
      rule: 'path/dropped',
      tell: 'Ping the address with packets of 1,472 bytes that must not be divided; then with a smaller ClientHello.',
    },
    symptoms: ['silence-later'],
    among: (attempt, { evidence }) => service(attempt) && !isAnsweredWrongly(attempt, evidence),
    passed: ({ symptom, shown }) => symptom === 'works' || shown !== undefined,
  }),
];
