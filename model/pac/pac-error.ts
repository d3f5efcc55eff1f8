/** A PAC file that gives no answer; the message says why, as what the file does. */
export class PacError extends Error {
  override readonly name = 'PacError';
  constructor(
    readonly why: string,
    /** Line of the file, from 1. */
    readonly line?: number,
  ) {
    super(`the PAC file ${why}${line === undefined ? '' : ` (its line ${line})`}`);
  }
}
