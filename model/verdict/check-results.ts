import { z } from 'zod';
import { recordedAccount } from '../evidence/account.js';
import { devices, operations, pages, resultNames, stacks } from '../evidence/vocabulary.js';
import { sourceSchema } from '../site/rule-schema.js';

/**
 * What `check` says of a site, beside the results of the life that was lived: what to mend, what follows
 * from it, and whether the lab agrees with itself.
 */

const operation = z.enum(operations);
const changed = z.enum([...devices, 'tenant']);

/** A host and port that a request is about, as the requirements page or the site names it. */
const targetSchema = z.object({
  host: z.string(),
  port: z.int(),
  /** Who has to reach it. */
  accounts: z.array(recordedAccount),
  /** False where nothing tried it in this run, since what comes before it failed already: judged beforehand. */
  reached: z.boolean(),
});

/** One change that one person can be asked for. All of them together cure the site, and each is needed. */
export const requestSchema = z.object({
  kind: z.string(),
  device: changed,
  server: z.string().optional(),
  /** Which firewall, where several stand at the edge. */
  firewall: z.string().optional(),
  setting: z.string().optional(),
  place: z.string().optional(),
  /** In the imperative: what to do. */
  ask: z.string(),
  /** Who decides today, and by which rules or settings. */
  decidedBy: z.array(changed),
  rules: z.array(z.string()),
  /** Where these rules were read, each line once; none of rules that the site's own file has. */
  sources: z.array(sourceSchema),
  reasons: z.array(z.string()),
  servers: z.array(z.string()),
  accounts: z.array(recordedAccount),
  stacks: z.array(z.enum(stacks)),
  targets: z.array(targetSchema),
  /** What cannot be done until then. */
  operations: z.array(operation),
  requirements: z.array(z.string()),
  /** When it will be felt, in words, where today nothing that users or administrators see fails of it. */
  later: z.string().optional(),
  /** Events of the run that show it. */
  events: z.array(z.string()),
});
export type CheckedRequest = z.infer<typeof requestSchema>;

/** What fails, and nothing that a request could mend decides it. */
const causeSchema = z.object({
  device: changed,
  rule: z.string().optional(),
  explanation: z.string(),
  servers: z.array(z.string()),
  requirements: z.array(z.string()),
  events: z.array(z.string()),
});
export type IncurableCause = z.infer<typeof causeSchema>;

/** A failure that only follows from what is to be mended. */
const consequenceSchema = z.object({
  server: z.string(),
  operation,
  result: z.enum(resultNames),
  host: z.string().optional(),
  port: z.int().optional(),
  events: z.array(z.string()),
});
export type Consequence = z.infer<typeof consequenceSchema>;

/** What users saw of one application or private resource. */
const seenByUsersSchema = z.object({
  name: z.string(),
  /** The one whose connector ran then; of several servers each is tried alone. */
  server: z.string(),
  /** The page, or how the connection ended; `ok` and `application` are as they should be. */
  saw: z.enum([...pages, ...resultNames]),
  works: z.boolean(),
  /** No connector could be installed or registered there in this life: it was one that was there before. */
  earlier: z.literal(true).optional(),
  events: z.array(z.string()),
});
export type SeenByUsers = z.infer<typeof seenByUsersSchema>;

/** Where the lab and what is known of the site beforehand do not agree, or nothing explains a failure. */
const differenceSchema = z.object({ words: z.string(), events: z.array(z.string()) });
export type Difference = z.infer<typeof differenceSchema>;

/** Rules of which nobody knows whether they are about a flow, and what it hangs on them whether it is open. */
const notJudgedSchema = z.object({
  device: z.enum(devices),
  rules: z.array(z.string()),
  /** Where these rules were read, each line once. */
  sources: z.array(sourceSchema),
  servers: z.array(z.string()),
  targets: z.array(z.object({ host: z.string(), port: z.int() })),
  requirements: z.array(z.string()),
});
export type NotJudged = z.infer<typeof notJudgedSchema>;

/** A rule that decides about no connection of a connector's life. */
const unusedSchema = z.object({
  device: z.enum(devices),
  rule: z.string(),
  server: z.string().optional(),
  /** Why it does not decide about the documented row that it is nearly about. */
  near: z.string().optional(),
});

export const checkOutcomes = [
  'works', // everything was done, by every server, for every user
  'broken', // something has to be mended
  'undetermined', // nothing is known to be wrong, and some rules are not judged
  'contradiction', // the lab and the walk through the site's devices differ, or nothing explains a failure
  'lab-failed', // a machine of the lab died, or would not go on: nothing is said about the site
  'control-failed', // not even the documented site works in this lab: nothing is said about the site
] as const;

export type CheckOutcome = (typeof checkOutcomes)[number];

export const checkResultsSchema = z.object({
  outcome: z.enum(checkOutcomes),
  requests: z.array(requestSchema),
  incurable: z.array(causeSchema),
  consequences: z.array(consequenceSchema),
  users: z.array(seenByUsersSchema),
  differences: z.array(differenceSchema),
  unused: z.array(unusedSchema),
  notJudged: z.array(notJudgedSchema),
});
export type CheckResults = z.infer<typeof checkResultsSchema>;
