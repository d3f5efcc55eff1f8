import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunResults, resultsSchemaName, runResultsSchema } from './results.js';
import { asResultsFileError, ResultsFileError } from './results-file-error.js';

/** The results in a folder. @throws ResultsFileError */
export function readResults(folder: string): Promise<RunResults> {
  return readResultsFile(join(folder, 'results.json'));
}

/** The results in a file of whatever name. @throws ResultsFileError */
export async function readResultsFile(file: string): Promise<RunResults> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw asResultsFileError(file, error);
  });
  const value = parse(file, text);
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (schema !== resultsSchemaName)
    throw new ResultsFileError(
      file,
      `expected schema ${resultsSchemaName}, found ${JSON.stringify(schema) ?? 'none'}`,
    );
  const parsed = runResultsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ResultsFileError(file, `${issue?.path.join('.')}: ${issue?.message}`, { cause: parsed.error });
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ResultsFileError(file, 'is cut off or not JSON; run again', { cause: error });
  }
}
