import type { Account, ResultName } from '../../evidence/vocabulary.js';
import type { DecidedBy } from '../device-rules.js';
import type { StepKind } from '../step-kind.js';

/** The site's resolver is asked for a name from a server, as `nslookup` does. */
export interface Resolve {
  do: 'resolve';
  from: string;
  account: Account;
  name: string;
}

type ResolveExpectation = Omit<Resolve, 'do'> & DecidedBy & { kind: 'resolve'; result: ResultName };

const words = ({ from, account, name }: Omit<Resolve, 'do'>) => `${from} (${account}) asks for ${name}`;

export const kind: StepKind<Resolve, ResolveExpectation> = {
  do: 'resolve',
  words,
  perform: ({ from, account, name }, verbs) => verbs.resolve(from, account, name),
  refers: { from: 'server', account: 'account' },
  look: {
    kind: 'resolve',
    step: ({ from, account, name }) => ({ do: 'resolve', from, account, name }),
    see(expectation, evidence) {
      const { from, account, name, result } = expectation;
      // What the connector's software asks belongs to a network stack of the server; this does not.
      const event = evidence
        .of('dns')
        .findLast(
          (one) =>
            one.machine === from && one.name === name && one.account === account && one.stack === undefined,
        );
      const by = event?.rule === undefined ? undefined : { device: event.device, rule: event.rule };
      return { subject: words(expectation), event, observed: event?.outcome, expected: result, by };
    },
    refers: { from: 'server', account: 'account', result: 'result', device: 'device' },
  },
};

export function make(from: string, name: string, account: Account = 'network-service'): Resolve {
  return { do: 'resolve', from, account, name };
}

/** `network.from(server).resolves(name, result)`. */
export function resolves(
  from: string,
  account: Account,
  name: string,
  result: ResultName,
  by: DecidedBy = {},
): ResolveExpectation {
  return { kind: 'resolve', from, account, name, result, ...by };
}
