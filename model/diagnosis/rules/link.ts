import type { Rule } from '../cause.js';
import { stopped } from './stopped.js';

export const link: readonly Rule[] = [
  stopped({
    id: 'link/idle',
    says: 'Connections are forgotten while they are quiet',
    members: [
      'address translation or a firewall that forgets idle connections',
      'a proxy that ends long connections',
    ],
    unlike: {
      rule: 'path/dropped',
      tell: 'Hold a connection open for five minutes, and try shorter pauses.',
    },
    symptoms: ['lost-after-use'],
    passed: () => false,
  }),
];
