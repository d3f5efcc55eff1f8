import type { CheckResults } from '../../model/verdict/check-results.js';

/** Hosts that are open or closed by rules of which nobody can say whether they are about them. */
export function notJudgedInWords({ notJudged }: Pick<CheckResults, 'notJudged'>): string[] {
  return notJudged.map(({ device, rules, targets }) => {
    const places = targets.map(({ host, port }) => `${host}:${port}`).join(', ');
    if (device === 'server') return `lines of a hosts file ("${rules.join('", "')}"): ${places}`;
    return `${device}, by rules that may or may not be about them ("${rules.join('", "')}"): ${places}`;
  });
}
