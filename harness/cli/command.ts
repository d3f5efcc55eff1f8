import type { Command } from '@commander-js/extra-typings';

/** What a command needs of the program that it is part of. */
export interface Session {
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Tells the exit code. */
  end(code: number): void;
}

/**
 * Adds a command to the program. What it needs to do its work it imports when it is called, so that
 * `--help` loads nothing.
 */
export type Register = (program: Command, session: Session) => void;

export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
}
