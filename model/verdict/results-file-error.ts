import { shortMessage } from '../evidence/short-text.js';

/** A file of results or events that cannot be read: which, where in it, and what is wrong. */
export class ResultsFileError extends Error {
  override readonly name = 'ResultsFileError';
  constructor(
    readonly file: string,
    problem: string,
    options?: ErrorOptions & { line?: number },
  ) {
    const place = `${file}${options?.line === undefined ? '' : `:${options.line}`}`;
    super(shortMessage(`${place}: ${problem}`.split('\n')), options);
    this.line = options?.line;
  }
  /** From 1, where one line is wrong. */
  readonly line?: number;
}

/** What a failed read means to the person who named the folder. */
export function asResultsFileError(file: string, error: unknown): ResultsFileError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new ResultsFileError(file, 'there are no results yet; connector-lab run writes them', {
      cause: error,
    });
  if (code === 'EISDIR')
    return new ResultsFileError(file, 'is a folder; name the results.json in it', { cause: error });
  return new ResultsFileError(file, error instanceof Error ? error.message : String(error), { cause: error });
}
