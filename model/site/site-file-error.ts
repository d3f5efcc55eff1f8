import { printable } from '../evidence/printable.js';
import { shortMessage } from '../evidence/short-text.js';

/** One thing wrong with a site file. Lines and columns count from 1; absent where there is no place. */
export interface Problem {
  line?: number;
  column?: number;
  /** `firewall.rules[3].allow` */
  path?: string;
  message: string;
}

/** A site file that cannot be used; the message has one line per problem, with its place. */
export class SiteFileError extends Error {
  override readonly name = 'SiteFileError';
  constructor(
    readonly file: string,
    readonly problems: readonly Problem[],
    options?: ErrorOptions,
  ) {
    super(shortMessage(problems.map((problem) => inWords(file, problem))), options);
  }
}

function inWords(file: string, { line, column, path, message }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return printable(`${place}: ${path ? `${path}: ` : ''}${message}`);
}
