import type { Account, ResultName } from '../../evidence/vocabulary.js';
import type { DecidedBy } from '../device-rules.js';
import type { StepKind } from '../step-kind.js';

/** A TCP connection from a server, tried by the harness itself. */
export interface Reach {
  do: 'reach';
  from: string;
  account: Account;
  host: string;
  port: number;
}

type ReachExpectation = Omit<Reach, 'do'> & DecidedBy & { kind: 'reach'; result: ResultName };

const words = ({ from, account, host, port }: Omit<Reach, 'do'>) =>
  `${from} (${account}) connects to ${host}:${port}`;

export const kind: StepKind<Reach, ReachExpectation> = {
  do: 'reach',
  words,
  async perform({ from, account, host, port }, verbs) {
    const tried = await verbs.connect(from, account, host, port);
    verbs.note({ kind: 'reach', from, account, host, port, ...tried });
  },
  refers: { from: 'server', account: 'account' },
  look: {
    kind: 'reach',
    step: ({ from, account, host, port }) => ({ do: 'reach', from, account, host, port }),
    see(expectation, evidence) {
      const { from, account, host, port, result } = expectation;
      const event = evidence
        .of('reach')
        .findLast(
          (one) => one.from === from && one.host === host && one.port === port && one.account === account,
        );
      const by = event && event.outcome !== 'ok' ? evidence.deciding(event.connection) : undefined;
      return { subject: words(expectation), event, observed: event?.outcome, expected: result, by };
    },
    refers: { from: 'server', account: 'account', result: 'result', device: 'device' },
  },
};

export function make(from: string, host: string, port: number, account: Account = 'network-service'): Reach {
  return { do: 'reach', from, account, host, port };
}

/** `network.from(server).reaches(host, port, result)`. */
export function reaches(
  from: string,
  account: Account,
  host: string,
  port: number,
  result: ResultName,
  by: DecidedBy = {},
): ReachExpectation {
  return { kind: 'reach', from, account, host, port, result, ...by };
}
