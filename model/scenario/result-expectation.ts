import { type Operation, operations, type ResultName, resultNames } from '../evidence/vocabulary.js';
import type { DecidedBy } from './device-rules.js';

/** How an operation of a server's connector must end. */
export type ResultExpectation = Where & {
  kind: 'result';
  operation: Operation;
  result: ResultName;
};

/** Narrows a result. `host` may be a pattern, `*.servicebus.windows.net`. */
export type Where = DecidedBy & {
  server?: string;
  host?: string;
  port?: number;
};

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S;

type ResultBuilders = {
  [O in Operation as Camel<O>]: {
    [R in ResultName as Camel<R>]: (where?: Where) => ResultExpectation;
  };
};

function camel(text: string): string {
  return text.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** `results.listen.tcpDrop({ device: 'edge-firewall' })`: every operation with every result. */
export const results = Object.fromEntries(
  operations.map((operation) => [
    camel(operation),
    Object.fromEntries(
      resultNames.map((result) => [
        camel(result),
        (where: Where = {}): ResultExpectation => ({ kind: 'result', operation, result, ...where }),
      ]),
    ),
  ]),
) as ResultBuilders;
