import type { Account, ResultName } from '../evidence/vocabulary.js';
import type { DecidedBy } from './device-rules.js';
import { has, type LogExpectation, logLook } from './log-expectation.js';
import type { ResultExpectation } from './result-expectation.js';
import { type Step, type StepLook, stepLooks } from './step.js';
import type { LookKind } from './step-kind.js';
import { access, administer, inboundProbe, reach, resolve, viewPortal, visit } from './steps/index.js';

/** What somebody must see in a phase. */
export type Look = StepLook | LogExpectation;
/** What a phase must show, as data, so that the report can print expected beside observed. */
export type Expectation = ResultExpectation | Look;

const looks: ReadonlyMap<string, LookKind<Look, Step>> = new Map(
  [...stepLooks, logLook].map((look) => [look.kind, look]),
);

export const lookNames: readonly string[] = [...looks.keys()];

/** Everything about an expectation of this kind. @throws Error where there is none */
export function lookOf(expectation: Pick<Look, 'kind'>): LookKind<Look, Step> {
  const look = looks.get(expectation.kind);
  if (!look) throw new Error(`no expectation is called ${expectation.kind}`);
  return look;
}

export function isLook(expectation: Expectation): expectation is Look {
  return expectation.kind !== 'result';
}

/** What the administrator sees on the connectors page. */
export const portal = { connector: viewPortal.connector };

/** What a user of the tenant, or `nobody` who does not sign in, sees in the browser or connects to. */
export const user = { visits: visit.visits, connects: access.connects };

/** What comes of an administrator's change: `done`, or the code of Graph's error. */
export const administrator = { does: administer.does };

/** What the harness itself tries: plain TCP or a name from a server as an account, or from outside to a server. */
export const network = {
  from: (server: string, account: Account = 'network-service') => ({
    reaches: (host: string, port: number, result: ResultName, by?: DecidedBy) =>
      reach.reaches(server, account, host, port, result, by),
    resolves: (name: string, result: ResultName, by?: DecidedBy) =>
      resolve.resolves(server, account, name, result, by),
  }),
  outside: { probes: inboundProbe.probes },
};

/** A line in the server's Windows event log. */
export const eventLog = { has };
