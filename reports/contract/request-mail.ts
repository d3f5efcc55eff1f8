import type { ChangeRequest } from './report.js';
import { requestText } from './request-text.js';
import type { Requirements } from './request-why.js';

/** Programs for mail on Windows take addresses of about 2,000 characters, and cut longer ones anywhere. */
const mostCharacters = 1900;

/**
 * A `mailto:` address that holds one request as text. What does not fit is left out by whole lines, and how many
 * is said: whoever gets it must not take it for all.
 * @param closing the run or the site in one sentence
 */
export function mailOf(request: ChangeRequest, requirements: Requirements, closing: string): string {
  const subject = cut(`Network change ${request.number}: ${request.ask}`);
  const lines = [...requestText(request, requirements).split('\n'), '', closing];
  let most = lines.length;
  while (most > 0 && addressOf(subject, first(lines, most)).length > mostCharacters) most -= 1;
  return addressOf(subject, first(lines, most));
}

function first(lines: readonly string[], most: number): readonly string[] {
  const left = lines.length - most;
  if (left === 0) return lines;
  const told = `${left} more lines do not fit into a link; "Copy as text" in the report has them all.`;
  return [...lines.slice(0, most), '', told];
}

/** Line ends as RFC 6068 wants them. */
function addressOf(subject: string, lines: readonly string[]): string {
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines.join('\r\n'))}`;
}

/** At a word. */
function cut(text: string): string {
  return text.length <= 120
    ? text
    : `${[...text]
        .slice(0, 120)
        .join('')
        .replace(/\s\S*$/, '')} …`;
}
