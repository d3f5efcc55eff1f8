import type { Rule } from '../cause.js';
import type { Seen } from '../sight.js';
import { stopped } from './stopped.js';

const inside = ({ row, operation }: Seen) =>
  row === undefined && (operation === 'deliver' || operation === 'tunnel');
const works = (attempt: Seen) => inside(attempt) && attempt.symptom === 'works';

export const application: readonly Rule[] = [
  stopped({
    id: 'application/unreachable',
    says: 'The connector cannot connect to the application',
    members: [
      'an application that is stopped, or listens on another port',
      'a firewall between the connector and the application',
      'an address of the application that is not its own: hosts file, resolver inside',
    ],
    unlike: {
      rule: 'application/no-name',
      tell: 'Open the internal address in a browser on the connector server.',
    },
    symptoms: ['silence', 'refused', 'reset', 'silence-later', 'reset-later'],
    among: inside,
    passed: works,
  }),
  stopped({
    id: 'application/no-name',
    says: 'The connector does not find the name of the application',
    members: ["a resolver that does not know the site's names", 'a suffix that is not searched'],
    unlike: {
      rule: 'application/unreachable',
      tell: "Ask the server's resolver for the name, with its domain.",
    },
    symptoms: ['no-such-name', 'no-answer-about-name', 'proxy-finds-no-name'],
    among: inside,
    passed: works,
  }),
  stopped({
    id: 'application/certificate',
    says: 'The application shows a certificate that the connector does not accept',
    members: ['one that has expired, is of another name, or of an authority that the server does not trust'],
    unlike: { rule: 'application/unreachable', tell: 'Nothing more is needed: the certificate says it.' },
    symptoms: [
      'expired',
      'not-yet-valid',
      'wrong-name',
      'untrusted',
      'forged',
      'revoked',
      'protocol-version',
    ],
    among: inside,
    passed: works,
    certain: true,
    seen: (failed) => failed[0]?.said,
  }),
  stopped({
    id: 'application/slow',
    says: 'The application does not answer in time',
    members: ['a slow application', 'a proxy before it'],
    unlike: { rule: 'application/unreachable', tell: 'Time the internal address on the connector server.' },
    symptoms: ['answer-stopped'],
    among: inside,
    passed: works,
  }),
];
