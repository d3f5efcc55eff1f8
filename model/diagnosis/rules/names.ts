import type { Rule } from '../cause.js';
import type { Seen } from '../sight.js';
import { stopped } from './stopped.js';

const found = ({ via, address }: Seen) => via === undefined && address !== undefined;
const isDocumented = ({ row }: Seen) => row !== undefined;

export const names: readonly Rule[] = [
  stopped({
    id: 'names/no-such-name',
    says: 'The resolver says that there is no such name',
    members: [
      'a zone inside that hides public names (split DNS)',
      'a resolver that answers no public names, or blocks these',
      'an alias of the name that it does not follow',
      'a connector that was installed for another cloud than the tenant’s',
    ],
    unlike: { rule: 'names/no-answer', tell: 'Ask a public resolver for the same name.' },
    symptoms: ['no-such-name'],
    among: isDocumented,
    passed: found,
  }),
  stopped({
    id: 'names/no-answer',
    says: 'The resolver does not answer',
    members: ['a resolver that is down, or that cannot ask onward', 'a firewall that closes port 53'],
    unlike: {
      rule: 'names/no-such-name',
      tell: 'Ask it for a name inside: a dead resolver knows that neither.',
    },
    symptoms: ['no-answer-about-name'],
    among: isDocumented,
    passed: found,
  }),
];
