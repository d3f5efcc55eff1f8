import type { RunResults } from '../../model/verdict/results.js';
import { usersInWords } from './users-saw.js';

/** A check in one sentence: what there is to mend, and what users see; it says the same as the exit code. */
export function checkSentence({
  check,
  scenarios,
  sites,
}: RunResults & { check: NonNullable<RunResults['check']> }): string {
  const name = sites[scenarios[0]?.site ?? '']?.site ?? 'The site';
  const { outcome, requests, incurable, users } = check;
  switch (outcome) {
    case 'works':
      return `${name}: everything works, and nothing documented is broken.`;
    case 'lab-failed':
      return `${name}: not judged. The lab failed in the middle, which says nothing of the site; run it again.`;
    case 'control-failed':
      return `${name}: not judged. Not even the documented site works in this lab: that is the lab's fault.`;
    case 'contradiction':
      return `${name}: not judged to the end. ${toMend(requests.length, incurable.length)}, and the lab contradicts itself.`;
    case 'undetermined':
      return `${name}: not judged to the end. Nothing known is broken; some rules may be about documented hosts or not, which cannot be said from here.`;
    case 'broken':
      return `${name}: ${toMend(requests.length, incurable.length)}. ${usersInWords(users)}`;
  }
}

function toMend(requests: number, incurable: number): string {
  const told = [
    ...(requests > 0 || incurable === 0 ? [things(requests, 'to mend')] : []),
    ...(incurable > 0 ? [things(incurable, 'that no request mends')] : []),
  ];
  return told.join(', ');
}

function things(count: number, what: string): string {
  return `${count === 0 ? 'nothing' : `${count} thing${count === 1 ? '' : 's'}`} ${what}`;
}
