import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { JsonError, parseJson } from '../evidence/bounded-json.js';
import { type EventStamp, eventBodySchema, type LabEvent } from '../evidence/event.js';
import { phases } from '../evidence/vocabulary.js';
import { upgraded } from './earlier/upgrade.js';
import { upgrades } from './earlier/upgrades.js';
import { linesOf } from './lines-of.js';
import { asResultsFileError, ResultsFileError } from './results-file-error.js';
import {
  frameKinds,
  frameLineSchema,
  LogBuilder,
  type LogLine,
  logSchemaName,
  type RunLog,
} from './run-log.js';

/** A site stands on one line, and its file may have 8 MiB. Characters. */
const longestLine = 32 * 1024 * 1024;
const bounds = { length: longestLine, depth: 40, values: 4_000_000 };

const stampSchema: z.ZodType<EventStamp> = z.object({
  id: z.string(),
  scenario: z.string(),
  repetition: z.int().optional(),
  phase: z.enum(phases),
  machine: z.string(),
  at: z.number(),
  wallMs: z.number(),
});

export interface LogFile {
  file: string;
  log: RunLog;
  /** True for the log of a run that did not come to its end: it still has its interim name. */
  left: boolean;
}

/**
 * The log in a folder. One that a killed run left is newer than any complete one beside it.
 * @throws ResultsFileError for any wrong line but a cut last one
 */
export async function readLog(folder: string): Promise<LogFile> {
  const complete = join(folder, 'events.jsonl');
  const interim = `${complete}.partial`;
  const left = await access(interim).then(
    () => true,
    () => false,
  );
  const file = left ? interim : complete;
  return { file, log: await readLines(file), left };
}

async function readLines(file: string): Promise<RunLog> {
  const builder = new LogBuilder();
  let number = 0;
  let wrong: ResultsFileError | undefined;
  try {
    for await (const line of linesOf(createReadStream(file, 'utf8'), longestLine)) {
      number += 1;
      // Only the last line of a killed run may be cut.
      if (wrong) throw wrong;
      const value = orRefuse(file, number, () => parse(line));
      if (value === undefined)
        wrong = new ResultsFileError(file, 'is not JSON; expected one event a line', { line: number });
      else {
        const parsed = asLine(upgraded(value, upgrades), file, number);
        orRefuse(file, number, () => builder.add(parsed));
      }
    }
  } catch (error) {
    throw error instanceof ResultsFileError ? error : asResultsFileError(file, error);
  }
  return orRefuse(file, undefined, () => builder.log());
}

/** What stands in the wrong place is told with its line. */
function orRefuse<T>(file: string, line: number | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new ResultsFileError(file, (error as Error).message, { line, cause: error });
  }
}

function parse(line: string): unknown {
  try {
    return parseJson(line, bounds);
  } catch (error) {
    if (error instanceof JsonError && error.cause === undefined) throw error;
    return undefined;
  }
}

function asLine(value: unknown, file: string, line: number): LogLine {
  const refuse = (problem: string) => new ResultsFileError(file, problem, { line });
  const { kind, schema } = headSchema.catch({}).parse(value);
  if (kind === 'run' && schema !== logSchemaName)
    throw refuse(`expected schema ${logSchemaName}, found ${JSON.stringify(schema) ?? 'none'}`);
  if (kind !== undefined && frameKinds.includes(kind)) {
    const frame = frameLineSchema.safeParse(value);
    if (frame.success) return frame.data;
    throw refuse(`is not a ${kind} line of this version: ${inWords(frame.error)}`);
  }
  return asEvent(value, refuse);
}

const headSchema = z.looseObject({ kind: z.string().optional(), schema: z.string().optional() });

function asEvent(value: unknown, refuse: (problem: string) => Error): LabEvent {
  const stamp = stampSchema.safeParse(value);
  const body = eventBodySchema.safeParse(value);
  if (stamp.success && body.success) return { ...body.data, ...stamp.data };
  throw refuse(`is not an event of this version: ${inWords(stamp.error ?? body.error)}`);
}

function inWords(error: z.ZodError | undefined): string {
  const [issue] = error?.issues ?? [];
  return `${issue?.path.length ? `${issue.path.join('.')}: ` : ''}${issue?.message}`;
}
