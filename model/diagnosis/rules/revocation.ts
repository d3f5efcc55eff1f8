import type { Rule } from '../cause.js';
import { stopped } from './stopped.js';

/** The check itself finds one; with the handshakes that it ends, where it was asked before them. */
const revoked: Rule = {
  id: 'tls/revoked',
  says: 'A certificate of the service was revoked',
  members: ['a certificate that was revoked'],
  unlike: { rule: 'revocation/unusable', tell: 'Nothing more is needed: the authority says it.' },
  find: (sight) => {
    const attempts = sight.with('revoked');
    const checks = sight.evidence.operations.filter(({ outcome }) => outcome === 'tls-revoked');
    const said = [...attempts, ...checks].find((one) => one.said !== undefined)?.said;
    return attempts.length + checks.length === 0
      ? []
      : [
          {
            scope: attempts[0]?.row === undefined ? {} : { row: attempts[0].row },
            explains: [...attempts, ...checks].map(({ id }) => id),
            confidence: 'certain',
            ...(said !== undefined && { seen: said }),
          },
        ];
  },
};

export const revocation: readonly Rule[] = [
  revoked,
  stopped({
    id: 'revocation/unusable',
    says: 'Revocation lists or answers come, and cannot be used',
    members: ['an old list, or one of somebody else', 'a responder that does not know the certificates'],
    unlike: {
      rule: 'server/clock',
      tell: "Compare the server's clock with another: with a wrong one every list is out of date.",
    },
    symptoms: ['revocation-unusable', 'answer-stopped'],
    among: ({ operation }) => operation === 'revocation-check',
    passed: ({ operation, symptom }) => operation === 'revocation-check' && symptom === 'works',
    seen: (failed) => failed[0]?.said,
  }),
];
