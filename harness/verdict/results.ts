import { z } from 'zod';
import { operations, phases, resultNames } from '../evidence/vocabulary.js';
import type { Site } from '../site/schema.js';

/**
 * `results.json`: what other programs and the reports read. Everything in it is computed from
 * `events.jsonl`; `events` lists the ids of the lines a result rests on.
 */

export const resultsSchemaName = 'connector-lab/results@1';

/** How one operation ended in one phase: what the connector saw, and who did it. */
export const resultSchema = z.object({
  operation: z.enum(operations),
  result: z.enum(resultNames),
  /** The server whose connector attempted it. */
  server: z.string(),
  host: z.string().optional(),
  port: z.int().optional(),
  /** The device that decided, and its rule, as the site names them. */
  device: z.string().optional(),
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
  device: z.string().optional(),
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

export const outcomes = ['passed', 'failed', 'skipped', 'flaky'] as const;

export const scenarioResultsSchema = z.object({
  id: z.string(),
  title: z.string(),
  proves: z.array(z.string()),
  outcome: z.enum(outcomes),
  /** Why it failed or was skipped: one sentence that names the thing and the place. */
  reason: z.string().optional(),
  /** Wall clock, milliseconds. */
  durationMs: z.number(),
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
  strength: z.enum(['must', 'should', 'info']),
  /** True for requirements that the page does not state. */
  hidden: z.boolean(),
  /** Why our reading goes further than the text. */
  interpreted: z.string().optional(),
  verdict: z.enum(['holds', 'broken', 'unproven']),
  provedBy: z.array(z.string()),
});
export type RequirementResults = z.infer<typeof requirementResultsSchema>;

export const runResultsSchema = z.object({
  schema: z.literal(resultsSchemaName),
  engine: z.enum(['embedded', 'containers']),
  /** Date of the edition of the requirements page. */
  edition: z.string(),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  /** True when the run was interrupted: what is here is finished, the rest is missing. */
  partial: z.boolean().optional(),
  summary: z.object({
    passed: z.int(),
    failed: z.int(),
    skipped: z.int(),
    flaky: z.int(),
  }),
  scenarios: z.array(scenarioResultsSchema),
  requirements: z.array(requirementResultsSchema),
  /** Sites by key, so that scenarios that share one do not repeat it. */
  sites: z.record(z.string(), z.custom<Site>()),
});
export type RunResults = z.infer<typeof runResultsSchema>;
