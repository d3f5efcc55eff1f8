import type { EvidenceIndex } from '../evidence/evidence-index.js';
import type { Device, Operation } from '../evidence/vocabulary.js';
import type { Verbs } from './verbs.js';

/**
 * One kind of step. Everything about it stands in one file of `steps/`, and one line of
 * `steps/index.ts` brings it in. `S`: its shape, data, so that it reads in a report; `E`: the
 * expectation that it lets be seen, where there is one.
 */
export interface StepKind<S extends { do: string }, E extends { kind: string } = never> {
  do: S['do'];
  /** What the runner does next, for the evidence. */
  words(step: S): string;
  perform(step: S, verbs: Verbs): Promise<void>;
  /** Fields whose words are checked when a scenario is loaded. */
  refers?: Partial<Record<keyof S, Vocabulary>>;
  look?: LookKind<E, S>;
}

/** One kind of expectation about what somebody sees; what operations end with is `result`. */
export interface LookKind<E extends { kind: string }, S extends { do: string } = never> {
  kind: E['kind'];
  /** The step that shows it. Absent: it is seen in what other steps leave. */
  step?(expectation: E): S;
  /** The step comes before every attempt of this operation; absent: after all of them. */
  before?: Operation;
  /** What the connector of a server has to attempt for it. */
  operation?(expectation: E, server: string): Operation | undefined;
  /** What is seen in control and restore, where everything works; absent: nothing is claimed of them. */
  whereAllWorks?(expectation: E): E;
  /** Reads what was seen out of a phase's evidence. */
  see(expectation: E, evidence: EvidenceIndex): Seen;
  refers?: Partial<Record<keyof E, Vocabulary>>;
}

/** What somebody saw, beside what should have been seen. */
export interface Seen {
  subject: string;
  expected: string;
  /** Absent: nothing was. */
  observed: string | undefined;
  /** The evidence. */
  event: { id: string } | undefined;
  /** Who decided, and by what; `id` where a decision of its own says so. */
  by?: { device?: Device | undefined; rule?: string | undefined; id?: string } | undefined;
}

/** What a field of a step or an expectation may be: a name of the site, or a word of a closed list. */
export type Vocabulary =
  | 'server'
  | 'application'
  | 'user'
  | 'account'
  | 'operation'
  | 'page'
  | 'result'
  | 'device';
