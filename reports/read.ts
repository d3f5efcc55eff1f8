import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunResults, resultsSchemaName, runResultsSchema } from '../harness/verdict/results.js';

/** A results file that cannot be read; the message names it and what is wrong. */
export class ResultsFileError extends Error {
  override readonly name = 'ResultsFileError';
}

/** The results in a folder. @throws ResultsFileError */
export async function readResults(folder: string): Promise<RunResults> {
  const file = join(folder, 'results.json');
  const fail = (message: string, cause?: unknown) => new ResultsFileError(`${file}: ${message}`, { cause });
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw fail('there are no results yet; connector-lab run writes them', error);
    if (code === 'EISDIR') throw fail('is a folder', error);
    throw fail(error instanceof Error ? error.message : String(error), error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fail('is cut off or not JSON; run again', error);
  }
  const schema = (value as { schema?: unknown } | null)?.schema;
  if (schema !== resultsSchemaName)
    throw fail(`expected schema ${resultsSchemaName}, found ${JSON.stringify(schema) ?? 'none'}`);
  const parsed = runResultsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw fail(`${issue?.path.join('.')}: ${issue?.message}`, parsed.error);
}
