import type { Operation } from '../../evidence/vocabulary.js';
import type { StepKind } from '../step-kind.js';

/** The connector software of a server attempts an operation. Its results are expected as `results`. */
interface Operate {
  do: 'operate';
  server: string;
  operation: Operation;
}

export const kind: StepKind<Operate> = {
  do: 'operate',
  words: ({ server, operation }) => `${server}: ${operation}`,
  perform: ({ server, operation }, verbs) => verbs.operate(server, operation),
  refers: { server: 'server', operation: 'operation' },
};

export function make(server: string, ...operations: Operation[]): Operate[] {
  return operations.map((operation) => ({ do: 'operate', server, operation }));
}
