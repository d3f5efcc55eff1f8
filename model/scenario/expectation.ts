import {
  type Account,
  type Operation,
  operations,
  type Page,
  type ResultName,
  resultNames,
} from '../evidence/vocabulary.js';
import type { AdministratorAction } from '../site/administration.js';
import type { AccessTarget } from '../site/private-access.js';

/** What a phase must show, as data, so that the report can print expected beside observed. */
export type Expectation =
  | ResultExpectation
  | VisitExpectation
  | PortalExpectation
  | AccessExpectation
  | AdministrationExpectation
  | ReachExpectation
  | KnockExpectation
  | { kind: 'log'; id?: number; text: string };

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

export interface VisitExpectation {
  kind: 'visit';
  url: string;
  page: Page;
  user?: string;
  /** Every visit of the phase shows the page; else the last one does. */
  every?: true;
}

export interface AccessExpectation extends AccessTarget {
  kind: 'access';
  result: ResultName;
}

export interface AdministrationExpectation {
  kind: 'administration';
  what: AdministratorAction;
  /** `done`, or the code of Graph's error. */
  outcome: string;
  user?: string;
}

export interface PortalExpectation extends PortalDetails {
  kind: 'portal';
  connector: string;
  status: 'active' | 'inactive' | 'absent';
}

/** What else stands beside a connector on the page. */
interface PortalDetails {
  version?: string;
  group?: string;
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
    isActive: (details: PortalDetails = {}): Expectation => ({
      kind: 'portal',
      connector,
      status: 'active',
      ...details,
    }),
    isInactive: (details: PortalDetails = {}): Expectation => ({
      kind: 'portal',
      connector,
      status: 'inactive',
      ...details,
    }),
    isAbsent: (): Expectation => ({ kind: 'portal', connector, status: 'absent' }),
  }),
};

/** What a user of the tenant, or `nobody` who does not sign in, sees in the browser or connects to. */
export const user = {
  visits: (url: string, by?: string) => ({
    gets: (page: Page): Expectation => ({ kind: 'visit', url, page, ...(by && { user: by }) }),
    alwaysGets: (page: Page): Expectation => ({
      kind: 'visit',
      url,
      page,
      every: true,
      ...(by && { user: by }),
    }),
  }),
  connects: (host: string, port: number, more: Pick<AccessTarget, 'user' | 'protocol'> = {}) => ({
    gets: (result: ResultName): Expectation => ({ kind: 'access', host, port, result, ...more }),
  }),
};

/** What comes of an administrator's change: `done`, or the code of Graph's error. */
export const administrator = {
  does: (what: AdministratorAction, by?: string) => ({
    gets: (outcome: string): Expectation => ({
      kind: 'administration',
      what,
      outcome,
      ...(by && { user: by }),
    }),
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
