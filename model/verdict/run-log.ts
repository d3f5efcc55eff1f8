import { z } from 'zod';
import type { LabEvent } from '../evidence/event.js';
import { measuredSchema } from '../evidence/measured.js';
import { cloudServices } from '../evidence/vocabulary.js';
import type { PublicHost } from '../path/public-host.js';
import type { Site } from '../site/schema.js';
import type { Claim } from './judge.js';
import { KeptEvents } from './kept-events.js';
import { recordedSite } from './recorded-site.js';

/**
 * The lines of `events.jsonl` that stand around the evidence: which run this is, what each scenario
 * claims, how each ended. With them the log alone is enough to judge and to report again.
 */

export const logSchemaName = 'connector-lab/events@2';

const id = z.string();
const repetition = z.int().min(1).optional();

/** The first line of a log. */
export const runLineSchema = z.object({
  kind: z.literal('run'),
  schema: z.literal(logSchemaName),
  engine: z.enum(['embedded', 'containers']),
  /** Date of the edition of the requirements page. */
  edition: z.string(),
  startedAt: z.iso.datetime(),
  /** Every scenario that was meant, those of other shards too, in the order of reports. */
  selected: z.array(id),
  shard: z
    .object({
      index: z.int().min(1),
      total: z.int().min(1),
      /** Equal in all shards that divided the same scenarios in the same way. */
      plan: z.string(),
      scenarios: z.array(id),
    })
    .optional(),
  /** Merged from shards of one plan, of which these were not there. */
  absentShards: z.object({ plan: z.string(), numbers: z.array(z.int()) }).optional(),
  repeat: z.int().min(2).optional(),
  seed: z.int().optional(),
  /** What the engine could not do to confine machines, in words; absent: nothing. */
  weaknesses: z.array(z.string()).optional(),
  /** For `check`: key of the site in question. */
  check: z.string().optional(),
});
export type RunLine = z.infer<typeof runLineSchema>;

const expectationsShape = z.array(z.looseObject({ kind: z.string() }));
const claimShape = z.object({
  change: z.array(z.object({ describe: z.string(), exercised: z.array(z.looseObject({})) })),
  expect: expectationsShape,
  control: expectationsShape.optional(),
  restore: expectationsShape.optional(),
});

/** Comes before the first scenario that plays in the site. */
const siteLineSchema = z.object({ kind: z.literal('site'), key: z.string(), site: recordedSite });

/** For `check`: the internet's names as the site's flows meet them, by which its flows are judged beforehand. */
const internetLineSchema = z.object({
  kind: z.literal('internet'),
  hosts: z
    .array(
      z.object({
        name: z.string(),
        chain: z.array(z.string()).readonly(),
        address: z.string(),
        ports: z.array(z.int()).readonly(),
        service: z.enum(cloudServices).optional(),
      }),
    )
    .readonly(),
});

const scenarioLineSchema = z.object({
  kind: z.literal('scenario'),
  scenario: id,
  repetition,
  title: z.string(),
  proves: z.array(id),
  /** What was measured of it outside the lab. */
  measured: measuredSchema.optional(),
  /** Key of the site of the control phase. */
  site: z.string(),
  /** What it says will be seen, without the site. */
  claim: z.custom<Omit<Claim, 'site'>>(isClaim),
});
export type ScenarioLine = z.infer<typeof scenarioLineSchema>;

const scenarioEndLineSchema = z.object({
  kind: z.literal('scenario-end'),
  scenario: id,
  repetition,
  /** Wall clock, milliseconds. */
  durationMs: z.number(),
  /** Why this engine cannot do it. */
  skipped: z.string().optional(),
  /** What the lab said when it failed. */
  error: z.string().optional(),
});
export type ScenarioEndLine = z.infer<typeof scenarioEndLineSchema>;

/** The last line. A log without it is of a run that was killed. */
const runEndLineSchema = z.object({
  kind: z.literal('run-end'),
  /** Wall clock, milliseconds. */
  durationMs: z.number(),
  interrupted: z.boolean().optional(),
  /** What was told when the engine stopped answering. */
  engineGone: z.string().optional(),
});
export type RunEndLine = z.infer<typeof runEndLineSchema>;

export const frameLineSchema = z.discriminatedUnion('kind', [
  runLineSchema,
  siteLineSchema,
  internetLineSchema,
  scenarioLineSchema,
  scenarioEndLineSchema,
  runEndLineSchema,
]);
type FrameLine = z.infer<typeof frameLineSchema>;
export const frameKinds: readonly string[] = frameLineSchema.options.map((option) => option.shape.kind.value);

export type LogLine = FrameLine | LabEvent;

/** One repetition of a scenario; without `ended`, it was under way when the run died. */
export interface Repetition {
  begun: ScenarioLine;
  /** Of large logs made anew each time: ask once. */
  readonly events: readonly LabEvent[];
  ended?: ScenarioEndLine;
}

/** So many events are kept as they are; those of scenarios that end later are packed. About 50 MB. */
const mostUnpacked = 50_000;

interface KeptRepetition {
  kept: KeptEvents;
  repetition: Repetition;
}

/** A log, put in order. */
export interface RunLog {
  run: RunLine;
  sites: Map<string, Site>;
  /** Hosts of the internet; absent but for a check. */
  internet?: readonly PublicHost[];
  repetitions: Repetition[];
  end?: RunEndLine;
}

/** Makes a log of its lines, as they come. */
export class LogBuilder {
  #run: RunLine | undefined;
  #end: RunEndLine | undefined;
  #internet: readonly PublicHost[] | undefined;
  readonly #sites = new Map<string, Site>();
  readonly #repetitions = new Map<string, KeptRepetition>();
  #unpacked = 0;

  constructor(private readonly most = mostUnpacked) {}

  /** @throws Error, in words, for a line that cannot stand there */
  add(line: LogLine): void {
    if (line.kind === 'run') {
      if (this.#run) throw new Error('a second run begins in the same file');
      this.#run = line;
      return;
    }
    if (!this.#run)
      throw new Error(
        `does not begin with the line of its run (${logSchemaName}); the first versions wrote none, and what they claimed is not recorded: their report.html beside it is what there is`,
      );
    switch (line.kind) {
      case 'site':
        this.#sites.set(line.key, line.site);
        return;
      case 'internet':
        this.#internet = line.hosts;
        return;
      case 'scenario':
        if (!this.#sites.has(line.site)) throw new Error(`${line.scenario} plays in an unknown site`);
        this.#repetitions.set(repetitionKey(line), keptRepetition(line));
        return;
      case 'scenario-end':
        this.#ended(line);
        return;
      case 'run-end':
        this.#end = line;
        return;
      default:
        this.#of(line).kept.push(line);
        this.#unpacked++;
    }
  }

  /** @throws Error, in words, where not even the first line was written */
  log(): RunLog {
    if (!this.#run) throw new Error('holds no run: not even its first line was written');
    const repetitions = [...this.#repetitions.values()].map(({ repetition }) => repetition);
    return {
      ...{ run: this.#run, sites: this.#sites, repetitions },
      ...(this.#internet && { internet: this.#internet }),
      ...(this.#end && { end: this.#end }),
    };
  }

  #ended(line: ScenarioEndLine): void {
    const { kept, repetition } = this.#of(line);
    repetition.ended = line;
    if (this.#unpacked <= this.most) return;
    this.#unpacked -= kept.length;
    kept.pack();
  }

  #of(line: { scenario: string; repetition?: number }): KeptRepetition {
    const repetition = this.#repetitions.get(repetitionKey(line));
    if (!repetition) throw new Error(`${line.scenario} has not begun`);
    return repetition;
  }
}

function keptRepetition(begun: ScenarioLine): KeptRepetition {
  const kept = new KeptEvents();
  return {
    kept,
    repetition: {
      begun,
      get events() {
        return kept.all;
      },
    },
  };
}

/** The lines of a log, such that each stands after what it needs. */
export function* linesOf({ run, sites, internet, repetitions, end }: RunLog): Generator<LogLine> {
  yield run;
  for (const [key, site] of sites) yield { kind: 'site', key, site };
  if (internet) yield { kind: 'internet', hosts: internet };
  for (const { begun, events, ended } of repetitions) {
    yield begun;
    yield* events;
    if (ended) yield ended;
  }
  if (end) yield end;
}

/** Names one repetition among those of a run. */
export function repetitionKey({
  scenario,
  repetition = 1,
}: {
  scenario: string;
  repetition?: number;
}): string {
  return `${repetition} ${scenario}`;
}

/** Claims were checked when they were made; this is for logs that somebody edited. */
function isClaim(value: unknown): boolean {
  return claimShape.safeParse(value).success;
}
