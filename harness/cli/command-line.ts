import { CommanderError } from '@commander-js/extra-typings';
import { printable } from '../../model/evidence/printable.js';
import { shortLine } from '../../model/evidence/short-text.js';
import type { Session } from './command.js';
import { report } from './errors.js';
import { exitCodes } from './exit-codes.js';

/** What reads the words of a command line, and does what they say. */
export interface Reader {
  parseAsync(args: readonly string[], from: { from: 'user' }): Promise<unknown>;
}

/** How a command tells of wrong words: they come from scripts and variables, too, and may hold anything. */
export const output = {
  outputError: (text: string, write: (text: string) => void) =>
    write(
      text
        .split('\n')
        .map((line) => shortLine(printable(line), 600))
        .join('\n'),
    ),
};

/** Runs a command line; returns the exit code. Errors are told in words. */
export async function runCommandLine(
  readerFor: (session: Session) => Reader,
  args: readonly string[],
): Promise<number> {
  using interrupt = onInterrupt();
  const { signal } = interrupt;
  let code: number = exitCodes.ok;
  const end = (told: number) => {
    code = told;
  };
  try {
    await readerFor({ signal, end }).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    return report(error, signal);
  }
}

/** The first Ctrl-C ends cleanly, with what has finished written down; the second ends at once. */
function onInterrupt(): Disposable & { signal: AbortSignal } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) {
      // Node.js waits for what reads a file that does not come; a third one ends it then.
      for (const signal of signals) process.off(signal, stop);
      process.exit(exitCodes.interrupted);
    }
    process.stderr.write(
      '\nInterrupted: closing the lab and writing what has finished (again to end at once) …\n',
    );
    controller.abort(new Error('interrupted'));
  };
  // SIGHUP: the terminal was closed, or the connection to the computer was lost.
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}
