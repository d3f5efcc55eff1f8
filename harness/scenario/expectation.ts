import {
  type Account,
  type Operation,
  operations,
  type Page,
  type ResultName,
  resultNames,
} from '../evidence/vocabulary.js';

/** What a phase must show, as data, so that the report can print expected beside observed. */
export type Expectation =
  | ResultExpectation
  | { kind: 'visit'; url: string; page: Page; user?: string }
  | { kind: 'portal'; connector: string; status: 'active' | 'inactive' | 'absent' }
  | ReachExpectation
  | KnockExpectation
  | { kind: 'log'; server?: string; id?: number; text: string };

export interface ResultExpectation extends Where {
  kind: 'result';
  operation: Operation;
  result: ResultName;
}

/** Narrows a result. `host` may be a pattern, `*.servicebus.windows.net`. */
export interface Where {
  server?: string;
  host?: string;
  port?: number;
  device?: string;
  rule?: string;
}

export interface ReachExpectation {
  kind: 'reach';
  from: string;
  account: Account;
  host: string;
  port: number;
  result: ResultName;
  device?: string;
  rule?: string;
}

export interface KnockExpectation {
  kind: 'knock';
  server: string;
  port: number;
  result: ResultName;
}

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

/** What the administrator sees on the connectors page. */
export const portal = {
  connector: (connector: string) => ({
    isActive: (): Expectation => ({ kind: 'portal', connector, status: 'active' }),
    isInactive: (): Expectation => ({ kind: 'portal', connector, status: 'inactive' }),
    isAbsent: (): Expectation => ({ kind: 'portal', connector, status: 'absent' }),
  }),
};

/** What a user of the tenant sees in the browser. */
export const user = {
  visits: (url: string, by?: string) => ({
    gets: (page: Page): Expectation => ({ kind: 'visit', url, page, ...(by && { user: by }) }),
  }),
};

/** Plain TCP from a server, or from outside to a server, tried by the harness itself. */
export const network = {
  from: (server: string, account: Account = 'network-service') => ({
    reaches: (
      host: string,
      port: number,
      result: ResultName,
      by: Pick<Where, 'device' | 'rule'> = {},
    ): Expectation => ({ kind: 'reach', from: server, account, host, port, result, ...by }),
  }),
  outside: {
    knocks: (server: string, port: number, result: ResultName): Expectation => ({
      kind: 'knock',
      server,
      port,
      result,
    }),
  },
};

/** A line in the server's Windows event log. */
export const eventLog = {
  has: (text: string, id?: number): Expectation => ({ kind: 'log', text, ...(id && { id }) }),
};
