import { exitCodes } from './exit-codes.js';

/** Errors that are somebody's to mend: a file, a word, a folder. By name, so that nothing is loaded for them. */
const usage = new Set([
  'SiteFileError',
  'UnknownScenarioError',
  'UnknownRequirementError',
  'ScenarioFileError',
  'ResultsFileError',
  'OutputError',
  'MergeError',
  'UsageError',
  'ReportPageError',
]);

/** Tells an error in words, never with a stack, and returns the exit code it means. */
export function report(error: unknown, interrupted: boolean): number {
  if (interrupted) return exitCodes.interrupted;
  if (!(error instanceof Error)) return say(String(error), exitCodes.unexpected);
  if (['NoEngineError', 'ImageError', 'CannotError'].includes(error.name))
    return say(error.message, exitCodes.noEngine);
  if (usage.has(error.name)) return say(error.message, exitCodes.usage);
  if (process.env.CONNECTOR_LAB_DEBUG) console.error(error);
  return say(
    `something went wrong that should not: ${error.message}\nPlease report it; CONNECTOR_LAB_DEBUG=1 shows where it happened.`,
    exitCodes.unexpected,
  );
}

function say(message: string, code: number): number {
  process.stderr.write(`${message}\n`);
  return code;
}
