import type { CheckResults } from '../../model/verdict/check-results.js';
import { wrap } from './wrap.js';

/** More names than this nobody reads on a terminal. */
const most = 6;

/** What is neither open nor closed by anything that is known, and what would tell. */
export function notJudged({ notJudged: all }: CheckResults): string[] {
  return all.flatMap(({ device, rules, targets }) => [
    '',
    ...wrap(
      `Not judged: ${targets.length} hosts, by rules of ${device} that may or may not be about them: "${shortened(rules, '", "')}". Rules about real addresses are judged with a published list (service-tags), but for hosts that are in no tag for certain; a condition that an import did not understand, once the site says it in its own words. Rules by host name always are.`,
      '',
    ),
    ...wrap(
      shortened(
        targets.map(({ host, port }) => `${host}:${port}`),
        ', ',
      ),
      '   ',
    ),
  ]);
}

function shortened(texts: readonly string[], between: string): string {
  const rest = texts.length - most;
  return `${texts.slice(0, most).join(between)}${rest > 0 ? ` and ${rest} more` : ''}`;
}
