import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type EventStamp, eventBodySchema, type LabEvent } from '../harness/evidence/event.js';
import { phases } from '../harness/evidence/vocabulary.js';
import { asResultsFileError, ResultsFileError } from './results-file-error.js';

const stampSchema: z.ZodType<EventStamp> = z.object({
  id: z.string(),
  scenario: z.string(),
  phase: z.enum(phases),
  machine: z.string(),
  at: z.number(),
  wallMs: z.number(),
});

export interface EventLog {
  events: LabEvent[];
  /** True where the last line is cut: the run was killed while it wrote. That line is left out. */
  cutOff: boolean;
}

/** The evidence in a folder. @throws ResultsFileError for any wrong line but a cut last one */
export async function readEvents(folder: string): Promise<EventLog> {
  const file = join(folder, 'events.jsonl');
  const events: LabEvent[] = [];
  let number = 0;
  let wrong: ResultsFileError | undefined;
  try {
    for await (const line of createInterface({
      input: createReadStream(file),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      number += 1;
      if (wrong) throw wrong;
      const value = parse(line);
      if (value === undefined)
        wrong = new ResultsFileError(file, 'is not JSON; expected one event a line', { line: number });
      else events.push(asEvent(value, file, number));
    }
  } catch (error) {
    throw error instanceof ResultsFileError ? error : asResultsFileError(file, error);
  }
  return { events, cutOff: wrong !== undefined };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function asEvent(value: unknown, file: string, line: number): LabEvent {
  const stamp = stampSchema.safeParse(value);
  const body = eventBodySchema.safeParse(value);
  if (stamp.success && body.success) return { ...body.data, ...stamp.data };
  const [issue] = (stamp.error ?? body.error)?.issues ?? [];
  const place = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new ResultsFileError(file, `is not an event of this version: ${place}${issue?.message}`, { line });
}
