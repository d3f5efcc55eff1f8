import { printable } from '../../model/evidence/printable.js';
import { shortMessage } from '../../model/evidence/short-text.js';
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
  'PacError',
  'ReportPageError',
  'ListenError',
]);

/** Errors of the engine: it is not there, cannot do it, or its image was not built; the same of a browser that prints. */
const engine = new Set(['NoEngineError', 'ImageError', 'CannotError', 'NoBrowserError']);

/** The process may open no more, or the whole computer. */
const tooManyFiles = new Set(['EMFILE', 'ENFILE']);

/**
 * Tells an error in words, never with a stack, and returns the exit code it means. After an
 * interruption that is always `interrupted`, and only what is not the interruption itself is told.
 */
export function report(error: unknown, signal: AbortSignal): number {
  if (!signal.aborted) return tell(error);
  // Ctrl-C reaches every process of the terminal: an engine's may have ended by it as well.
  const follows = isBecauseOf(error, signal.reason) || (error instanceof Error && engine.has(error.name));
  if (!follows) tell(error);
  return exitCodes.interrupted;
}

function isBecauseOf(error: unknown, reason: unknown): boolean {
  return error === reason || (error instanceof Error && isBecauseOf(error.cause, reason));
}

function tell(error: unknown): number {
  if (!(error instanceof Error)) return say(String(error), exitCodes.unexpected);
  if (engine.has(error.name)) return say(error.message, exitCodes.noEngine);
  if (usage.has(error.name)) return say(error.message, exitCodes.usage);
  if (tooManyFiles.has((error as NodeJS.ErrnoException).code ?? ''))
    return say(
      'too few files may be open at a time: raise the limit (ulimit -n 1024), then run again',
      exitCodes.usage,
    );
  if ((error as NodeJS.ErrnoException).syscall === 'uv_cwd')
    return say(
      'the folder that this was started in is not there any more: go to another one',
      exitCodes.usage,
    );
  if (process.env.CONNECTOR_LAB_DEBUG) console.error(error);
  return say(
    `something went wrong that should not: ${error.message}\nPlease report it; CONNECTOR_LAB_DEBUG=1 shows where it happened.`,
    exitCodes.unexpected,
  );
}

function say(message: string, code: number): number {
  // Names of files and what stands in them must not steer the terminal.
  process.stderr.write(`${shortMessage(message.split('\n').map(printable))}\n`);
  return code;
}
