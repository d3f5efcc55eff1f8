import { z } from 'zod';
import { measuredSchema } from '../evidence/measured.js';
import { devices, operations, phases, resultNames } from '../evidence/vocabulary.js';
import { checkResultsSchema } from './check-results.js';
import { recordedSite } from './recorded-site.js';

/**
 * `results.json`: what other programs and the reports read. Everything in it is computed from
 * `events.jsonl`; `events` lists the ids of the lines a result rests on.
 */

export const resultsSchemaName = 'connector-lab/results@2';

/** How one operation ended in one phase: what the connector saw, and who did it. */
export const resultSchema = z.object({
  operation: z.enum(operations),
  result: z.enum(resultNames),
  /** The server whose connector attempted it. */
  server: z.string(),
  host: z.string().optional(),
  port: z.int().optional(),
  /** The device that decided, and its rule, as the site names them. */
  device: z.enum(devices).optional(),
  rule: z.string().optional(),
  detail: z.string().optional(),
  /** The expectation this result was compared with, in words. */
  expected: z.string(),
  matched: z.boolean(),
  events: z.array(z.string()),
});
export type Result = z.infer<typeof resultSchema>;

/** What people saw: a user's page, the portal's label, a port tried from outside. */
export const observationSchema = z.object({
  subject: z.string(),
  observed: z.string(),
  expected: z.string(),
  matched: z.boolean(),
  device: z.enum(devices).optional(),
  rule: z.string().optional(),
  events: z.array(z.string()),
});
export type Observation = z.infer<typeof observationSchema>;

export const phaseResultsSchema = z.object({
  phase: z.enum(phases),
  /** The change in force, in words; absent in control and restore. */
  change: z.string().optional(),
  results: z.array(resultSchema),
  observations: z.array(observationSchema),
});

export type PhaseResults = z.infer<typeof phaseResultsSchema>;

/** `flaky`: repeated, and not the same every time. Nothing is ever repeated unless it was asked for. */
export const outcomes = ['passed', 'failed', 'skipped', 'flaky'] as const;

/** One of several repetitions of a scenario, judged. */
const repetitionResultsSchema = z.object({
  /** From 1; one that did not end is left out, and the others keep theirs. */
  number: z.int(),
  outcome: z.enum(['passed', 'failed', 'skipped']),
  reason: z.string().optional(),
  /** Wall clock, milliseconds. */
  durationMs: z.number(),
});
export type RepetitionResults = z.infer<typeof repetitionResultsSchema>;

/** A failure that somebody declared: it counts as expected until the end of that day (UTC). */
export const expectedFailureSchema = z.object({ reason: z.string().min(1), until: z.iso.date() });
export type ExpectedFailure = z.infer<typeof expectedFailureSchema>;

export const scenarioResultsSchema = z.object({
  id: z.string(),
  title: z.string(),
  proves: z.array(z.string()),
  /** What was measured outside the lab of what it shows. */
  measured: measuredSchema.optional(),
  outcome: z.enum(outcomes),
  /** Why it failed or was skipped: one sentence that names the thing and the place. */
  reason: z.string().optional(),
  /** It failed because the lab did: a machine or a worker died. Says nothing of what it `proves`. */
  labFailed: z.literal(true).optional(),
  /** Wall clock, milliseconds; the median of the repetitions. */
  durationMs: z.number(),
  /** With `--repeat`: every repetition that ended, in order. */
  repetitions: z.array(repetitionResultsSchema).optional(),
  /** Number of the one that `phases` and their events are of: the first that failed, else the first. */
  shown: z.int().optional(),
  /** Declared for this scenario, whether it failed or not. */
  expectedFailure: expectedFailureSchema.optional(),
  /** Key into `sites`: the site of the control phase. */
  site: z.string().optional(),
  phases: z.array(phaseResultsSchema),
});
export type ScenarioResults = z.infer<typeof scenarioResultsSchema>;

export const requirementResultsSchema = z.object({
  id: z.string(),
  statement: z.string(),
  /** Section of the requirements page. */
  section: z.string(),
  /** That page, as it was on a day; absent where none says it. */
  page: z.object({ title: z.string(), address: z.string(), date: z.string() }).optional(),
  strength: z.enum(['must', 'should', 'info']),
  /** True for requirements that the page does not state. */
  hidden: z.boolean(),
  /** Why our reading goes further than the text. */
  interpreted: z.string().optional(),
  verdict: z.enum(['holds', 'broken', 'unproven']),
  /** For `unproven` in a check: why a site file like this one cannot speak of it. */
  why: z.string().optional(),
  provedBy: z.array(z.string()),
});
export type RequirementResults = z.infer<typeof requirementResultsSchema>;

/** What a partial run or an incomplete set of shards did not do. */
const missingSchema = z.object({
  /** `engine-gone`: it stopped answering. `killed`: the event log has no end. `shards`: not all were given. */
  why: z.enum(['interrupted', 'engine-gone', 'killed', 'shards']),
  /** What was told then, for `engine-gone`. */
  words: z.string().optional(),
  /** Scenarios that had begun and did not end; one of them may be why the run died. */
  underWay: z.array(z.string()),
  notStarted: z.array(z.string()),
  /** Numbers of the shards that are not here, from 1. */
  shards: z.array(z.int()),
});
export type Missing = z.infer<typeof missingSchema>;

/** How a scenario differs from the baseline; those that make the exit code 1 first. */
export const baselineChanges = [
  'new-failure', // fails or is flaky, and did not before
  'changed-reason', // fails as before, for another reason
  'expired', // fails, and the day until which that was declared is over
  'not-run', // is skipped, and ran before
  'expected', // fails, as somebody declared
  'known', // fails as in the baseline
  'fixed', // passes, and did not before
  'slower', // takes longer than before, by more than the factor
] as const;
export type BaselineChange = (typeof baselineChanges)[number];

/** The run beside an earlier one. */
const baselineSchema = z.object({
  /** The earlier run; absent where only expected failures were declared. */
  of: z.object({ startedAt: z.iso.datetime(), engine: z.string(), edition: z.string() }).optional(),
  /** A scenario is slower where it takes more than so many times as long. */
  slowerFactor: z.number(),
  /** Every scenario that is not simply as before, those that deviate first. */
  changes: z.array(
    z.object({
      scenario: z.string(),
      change: z.enum(baselineChanges),
      /** True where it makes the exit code 1. */
      deviates: z.boolean(),
      /** What was and what is, in words. */
      before: z.string().optional(),
      now: z.string(),
    }),
  ),
});
export type BaselineResults = z.infer<typeof baselineSchema>;

export const runResultsSchema = z.object({
  schema: z.literal(resultsSchemaName),
  engine: z.enum(['embedded', 'containers']),
  /** Date of the edition of the requirements page. */
  edition: z.string(),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  /** True when something is missing: what is here is finished, `missing` says what is not. */
  partial: z.boolean().optional(),
  missing: missingSchema.optional(),
  /** Which part of a run this is, from 1; absent in a whole one. */
  shard: z.object({ index: z.int(), total: z.int() }).optional(),
  /** How often each scenario was run; absent for once. */
  repeat: z.int().optional(),
  /** The order in which scenarios were started followed from it; absent for the catalogue's order. */
  seed: z.int().optional(),
  /** What the engine could not do to confine machines, in words; absent: nothing. */
  weaknesses: z.array(z.string()).optional(),
  baseline: baselineSchema.optional(),
  /** For `check`: what it says of the site. */
  check: checkResultsSchema.optional(),
  summary: z.object({
    passed: z.int(),
    failed: z.int(),
    skipped: z.int(),
    flaky: z.int(),
  }),
  scenarios: z.array(scenarioResultsSchema),
  requirements: z.array(requirementResultsSchema),
  /** Sites by key, so that scenarios that share one do not repeat it. */
  sites: z.record(z.string(), recordedSite),
});
export type RunResults = z.infer<typeof runResultsSchema>;
