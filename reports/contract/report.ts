import type { LabEvent } from '../../model/evidence/event.js';
import type { Measured } from '../../model/evidence/measured.js';
import type { Account, Device, Operation, Phase, ResultName } from '../../model/evidence/vocabulary.js';
import type { Changed } from '../../model/repair/request.js';
import type {
  PhaseResults,
  RequirementResults,
  RunResults,
  ScenarioResults,
} from '../../model/verdict/results.js';
import type { Administrator } from './administrators.js';
import type { Decisive } from './decisive.js';

/**
 * What the page is given: a pure function of results and evidence, and all that the viewer in
 * `reports/app` knows. What only one scenario's page needs lies packed, and is unpacked when that
 * page is opened, so that a thousand scenarios open as fast as three.
 */
export interface Report {
  /** True for the results of `check`: one customer's site, not the catalogue of scenarios. */
  isCheck: boolean;
  /** The site's name, of `check`. */
  site?: string;
  /** The run in one sentence: what the command's last line says. What a partial run lacks is in `run`. */
  closing: string;
  /** True where some scenario did not end as expected. */
  deviates: boolean;
  run: Omit<RunResults, 'schema' | 'scenarios' | 'requirements' | 'sites'>;
  requirements: RequirementResults[];
  scenarios: ScenarioLine[];
  matrix: HostRow[];
  measurements: Measurement[];
  requests: ChangeRequest[];
  /** Rules of a checked site that somebody should look at, in words. */
  rules: string[];
  /** Events that are in no timeline, for the page to stay small; events.jsonl has them. */
  omittedEvents: number;
}

/** A report as a page holds it. */
export interface PackedReport {
  report: Report;
  /** {@link ScenarioDetail} of each scenario, in their order: JSON, gzip, base64. */
  details: string[];
}

/** A scenario in lists, and for search. */
export interface ScenarioLine
  extends Pick<
    ScenarioResults,
    | 'id'
    | 'title'
    | 'proves'
    | 'outcome'
    | 'reason'
    | 'durationMs'
    | 'repetitions'
    | 'shown'
    | 'expectedFailure'
  > {
  /** The change in force, in words. */
  change?: string;
  /** What failed in the change phase, each thing once. */
  broke: Broke[];
}

/** A failed result without what only its own page tells. */
export interface Broke {
  operation: Operation;
  result: ResultName;
  /** As the requirements page names it, where it does. */
  host?: string;
  port?: number;
  device?: Device;
  rule?: string;
}

/** All of one scenario that its page shows. */
export interface ScenarioDetail {
  /** What was measured outside the lab of what it shows. */
  measured?: Measured;
  phases: PhaseResults[];
  drawing?: Drawing;
  decisives: Decisive[];
  /** Lab time of the first event, milliseconds since 1970. */
  startedAt: number;
  timeline: TimelineEvent[];
  /** Events left out of the timeline. */
  omitted: number;
  /** Files beside the report, named from its folder. */
  captures: { machine: string; file: string; holds: 'packets' | 'tls-keys' }[];
}

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** An event without what its scenario, or another event, says already. */
export type TimelineEvent = Without<LabEvent, 'scenario' | 'wallMs' | 'flow'>;

/** The site, and how far each connection came, phase by phase. */
export interface Drawing {
  servers: { name: string; note: string }[];
  /** In path order; the same for every phase. */
  devices: DrawnDevice[];
  /** Phases in which something connected, in their order. */
  phases: { phase: Phase; connections: DrawnConnection[] }[];
}

export interface DrawnDevice {
  device: Device;
  label: string;
  note: string;
}

/** Connections that a drawing need not tell apart: same server, account, host, way and result. */
export interface DrawnConnection {
  server: string;
  account?: Account;
  operations: Operation[];
  /** Absent for what never left the server. */
  host?: string;
  port?: number;
  /** Devices that saw it, in path order; the last one decided where `device` is set. */
  via: Device[];
  result: ResultName;
  device?: Device;
  rule?: string;
  /** How many it stands for. */
  count: number;
  /** The first of them in the evidence. */
  event?: string;
}

/** One host of the matrix: what each operation met there. */
export interface HostRow {
  /** As the requirements page names it, where it does. */
  host: string;
  /** What a firewall rule needs: without the path that the page writes. */
  rule: string;
  port: number;
  /** True where the requirements page names the host. */
  documented: boolean;
  /** Accounts that opened connections to it. */
  accounts: Account[];
  cells: HostCell[];
}

export interface HostCell {
  operation: Operation;
  /** Attempts that succeeded: in control and restore, or, for `check`, in the site. */
  ok: number;
  /** How attempts failed once something was changed, and in which scenarios. */
  failed: { result: ResultName; scenarios: string[] }[];
}

/** What one scenario measured of one operation in one phase. */
export interface Measurement {
  scenario: string;
  operation: Operation;
  phase: Phase;
  attempts: number;
  failed: number;
  /** Longest wait until each result; milliseconds of lab time. */
  waits: { result: ResultName; longestMs: number }[];
}

/** What kind of thing the administrator is asked to do. */
export type RequestKind =
  | 'allow'
  | 'proxy'
  | 'do-not-inspect'
  | 'resolve'
  | 'keep-idle'
  | 'do-not-lose'
  | 'application'
  | 'configure'
  | 'allow-documented';

/** One change to ask for, in the words of the one who makes it. */
export interface ChangeRequest {
  /** Place in the order in which mending helps, from 1. */
  number: number;
  administrator: Administrator;
  kind: RequestKind;
  /** One sentence: what to do. */
  ask: string;
  /** Who decides today, by which rules or settings, and why so. */
  decidedBy: Changed[];
  rules: string[];
  reasons: string[];
  servers: string[];
  targets: Target[];
  /** What was seen, in words. */
  seen: string[];
  /** When it will be felt, where it is not felt today. */
  later?: string | undefined;
  /** Requirements that it meets. */
  requirements: string[];
  scenario?: string;
  /** Events that show it. */
  events: string[];
}

/** A place that must be reached. */
export interface Target {
  /** As a rule needs it: the suffix that the requirements page names, where it does. */
  host: string;
  port?: number;
  accounts: Account[];
  /** Names in the evidence that `host` stands for. */
  observed: string[];
  /** False where nothing tried it in this run, since what comes before it failed already. */
  reached: boolean;
}
