import type { Rule } from '../cause.js';
import type { Seen } from '../sight.js';
import { isAnsweredWrongly } from '../wrong-answer.js';
import { stopped } from './stopped.js';

const found = ({ via, address }: Seen) => via === undefined && address !== undefined;
const isDocumented = ({ row }: Seen) => row !== undefined;

export const names: readonly Rule[] = [
  stopped({
    id: 'names/wrong-address',
    says: "The name is answered with an address that is not the service's",
    members: [
      'a zone inside with an address of its own',
      'a resolver that lies about names that it blocks',
      'a line of the hosts file',
    ],
    unlike: {
      rule: 'path/refused',
      tell: 'Ask a public resolver for the same name, and look into the hosts file.',
    },
    symptoms: ['silence', 'refused', 'reset', 'wrong-name', 'silence-later', 'reset-later'],
    among: (attempt, { evidence }) => isDocumented(attempt) && isAnsweredWrongly(attempt, evidence),
    passed: (attempt) => found(attempt) && attempt.connected === true,
  }),
  stopped({
    id: 'names/no-such-name',
    says: 'The resolver says that there is no such name',
    members: [
      'a zone inside that hides public names (split DNS)',
      'a resolver that answers no public names, or blocks these',
      'an alias of the name that it does not follow',
      "a connector that was installed for another cloud than the tenant's",
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
