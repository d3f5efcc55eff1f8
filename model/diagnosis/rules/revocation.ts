import type { Rule } from '../cause.js';
import { stopped } from './stopped.js';

export const revocation: readonly Rule[] = [
  stopped({
    id: 'revocation/unusable',
    says: 'Revocation lists or answers come, and cannot be used',
    members: ['an old list, or one of somebody else', 'a responder that does not know the certificates'],
    unlike: {
      rule: 'server/clock',
      tell: 'Compare the server’s clock with another: with a wrong one every list is out of date.',
    },
    symptoms: ['revocation-unusable', 'answer-stopped'],
    among: ({ operation }) => operation === 'revocation-check',
    passed: ({ operation, symptom }) => operation === 'revocation-check' && symptom === 'works',
    seen: (failed) => failed[0]?.said,
  }),
];
