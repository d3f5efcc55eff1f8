import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { JsonError, parseJson } from '../evidence/bounded-json.js';
import { upgraded } from './earlier/upgrade.js';
import { upgrades } from './earlier/upgrades.js';
import { type RunResults, resultsSchemaName, runResultsSchema } from './results.js';
import { asResultsFileError, ResultsFileError } from './results-file-error.js';

/** A run of 10,000 scenarios has a fifth of it. */
const bounds = { length: 256 * 1024 * 1024, depth: 40, values: 20_000_000 };

/** The results in a folder. @throws ResultsFileError */
export function readResults(folder: string): Promise<RunResults> {
  return readResultsFile(join(folder, 'results.json'));
}

/** The results in a file of whatever name. @throws ResultsFileError */
export async function readResultsFile(file: string): Promise<RunResults> {
  const text = await textOf(file).catch((error: unknown) => {
    throw error instanceof ResultsFileError ? error : asResultsFileError(file, error);
  });
  const value = upgraded(parse(file, text), upgrades);
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

async function textOf(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > bounds.length)
    throw new ResultsFileError(file, `has ${size} bytes; ${bounds.length} are the most`);
  return readFile(file, 'utf8');
}

function parse(file: string, text: string): unknown {
  try {
    return parseJson(text, bounds);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new ResultsFileError(file, `${error.message}; run again`, { cause: error });
  }
}
