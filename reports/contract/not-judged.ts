import type { CheckResults } from '../../model/verdict/check-results.js';

/** Hosts that only rules about real addresses open, or close: what nobody can say from the lab's addresses. */
export function notJudgedInWords({ notJudged }: Pick<CheckResults, 'notJudged'>): string[] {
  return notJudged.map(({ device, rules, targets }) => {
    const places = targets.map(({ host, port }) => `${host}:${port}`).join(', ');
    if (device === 'server') return `lines of a hosts file ("${rules.join('", "')}"): ${places}`;
    return `${device}, by rules about real addresses ("${rules.join('", "')}"): ${places}`;
  });
}
