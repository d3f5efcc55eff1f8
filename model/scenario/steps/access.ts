import type { ResultName } from '../../evidence/vocabulary.js';
import type { AccessTarget } from '../../site/private-access.js';
import type { StepKind } from '../step-kind.js';

/** A user's computer connects to a private resource, through Private Access. */
interface Access extends AccessTarget {
  do: 'access';
}

interface AccessExpectation extends AccessTarget {
  kind: 'access';
  result: ResultName;
}

export const kind: StepKind<Access, AccessExpectation> = {
  do: 'access',
  words: ({ host, port }) => `a user connects to ${host}:${port}`,
  async perform({ do: _, ...target }, verbs) {
    await verbs.access(target);
    await verbs.idle();
  },
  refers: { user: 'user' },
  look: {
    kind: 'access',
    step: ({ kind: _, result: __, ...target }) => ({ do: 'access', ...target }),
    operation: () => 'tunnel',
    whereAllWorks: (expectation) => ({ ...expectation, result: 'ok' }),
    see({ host, port, user, protocol = 'tcp', result }, evidence) {
      const event = evidence
        .of('access')
        .findLast(
          (one) =>
            one.host === host &&
            one.port === port &&
            one.protocol === protocol &&
            (user === undefined || one.user === user),
        );
      const subject = `${user ?? 'user'} connects to ${host}:${port} (${protocol})`;
      return { subject, event, observed: event?.outcome, expected: result };
    },
    refers: { user: 'user', result: 'result' },
  },
};

type More = Pick<AccessTarget, 'user' | 'protocol'>;

export function make(host: string, port: number, more: More = {}): Access {
  return { do: 'access', host, port, ...more };
}

/** `user.connects(host, port).gets(result)`: every byte has to come back. */
export function connects(host: string, port: number, more: More = {}) {
  return {
    gets: (result: ResultName): AccessExpectation => ({ kind: 'access', host, port, result, ...more }),
  };
}
