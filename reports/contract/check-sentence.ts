import type { RunResults } from '../../model/verdict/results.js';

/** A check in one sentence: what there is to mend, and what users see; it says the same as the exit code. */
export function checkSentence({ check, scenarios, sites }: RunResults): string {
  const name = sites[scenarios[0]?.site ?? '']?.site ?? 'The site';
  if (!check) return `${name}: the check did not end.`;
  switch (check.outcome) {
    case 'works':
      return `${name}: everything works, and nothing documented is broken.`;
    case 'control-failed':
      return `${name}: not judged. Not even the documented site works in this lab: that is the lab's fault.`;
    case 'contradiction':
      return `${name}: not judged to the end. ${inWords(check.requests.length)}, and the lab contradicts itself.`;
    case 'undetermined':
      return `${name}: not judged to the end. Nothing known is broken; what rules about real addresses open cannot be said from the lab's.`;
    case 'broken':
      return `${name}: ${inWords(check.requests.length)}. ${usersSee(check.users)}`;
  }
}

function inWords(count: number): string {
  return count === 0 ? 'nothing that the site could mend' : `${count} thing${count === 1 ? '' : 's'} to mend`;
}

function usersSee(users: NonNullable<RunResults['check']>['users']): string {
  const failing = users.filter(({ works }) => !works);
  if (users.length === 0) return 'No user came so far.';
  if (failing.length === 0) return 'Users were served in this run.';
  const [first] = failing;
  const all = failing.length === users.length && users.length > 1 ? ', as everywhere' : '';
  return `Users of ${first?.name} see ${first?.saw}${failing.length > 1 ? all || `; ${failing.length} of ${users.length} fail` : ''}.`;
}
