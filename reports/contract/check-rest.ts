import type { CheckOutcome } from '../../model/verdict/check-results.js';
import type { RunResults } from '../../model/verdict/results.js';
import { consequencesInWords } from './consequences.js';
import { notJudgedInWords } from './not-judged.js';
import { rulesToLookAt } from './rules-to-look-at.js';

const isDefect = 'A defect of connector-lab, please report it';
const differencesHeading: Record<CheckOutcome, string> = {
  works: isDefect,
  broken: isDefect,
  undetermined: isDefect,
  contradiction: isDefect,
  'control-failed': 'What failed in the documented site',
  'lab-failed': 'What failed in the lab',
};

/** What a check says beside its requests: headings, each with its lines. */
export function besideRequests(results: RunResults): { heading: string; lines: string[] }[] {
  const { check, requirements } = results;
  if (!check) return [];
  const { incurable, differences, outcome } = check;
  const parts = [
    {
      heading: differencesHeading[outcome],
      lines: differences.map(({ words }) => words),
    },
    {
      heading: 'No request mends this',
      lines: incurable.map(
        ({ device, rule, explanation }) =>
          `${device}${rule === undefined ? '' : `, "${rule}"`}: ${explanation}`,
      ),
    },
    { heading: 'Neither open nor closed by anything that is known', lines: notJudgedInWords(check) },
    { heading: 'Follows from it', lines: consequencesInWords(check) },
    { heading: 'Rules to look at', lines: rulesToLookAt(results) },
    { heading: 'Not judged', lines: notJudged(requirements) },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** Requirements by the reason why nothing is said about them. */
function notJudged(requirements: RunResults['requirements']): string[] {
  const byReason = new Map<string, string[]>();
  for (const { id, verdict, why } of requirements)
    if (verdict === 'unproven' && why !== undefined) byReason.set(why, [...(byReason.get(why) ?? []), id]);
  return [...byReason].map(([why, ids]) => `${why}: ${ids.join(', ')}`);
}
