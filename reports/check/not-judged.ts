import type { CheckResults } from '../../model/verdict/check-results.js';
import { wrap } from './wrap.js';

/** More names than this nobody reads on a terminal. */
const most = 6;

/** What is neither open nor closed by anything that is known, and what would tell. */
export function notJudged({ notJudged: all }: CheckResults): string[] {
  return all.flatMap(({ device, rules, targets }) => [
    '',
    ...wrap(
      `Not judged: ${targets.length} documented hosts, by rules of ${device} about real addresses: "${shortened(rules, '", "')}". The lab has addresses of its own: with a published list (service-tags) such rules are judged, but for hosts that are in no tag for certain. Rules by host name always are.`,
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
