import pc from 'picocolors';
import type { CheckedRequest, CheckResults, IncurableCause } from '../../model/verdict/check-results.js';
import type { RequirementResults, RunResults } from '../../model/verdict/results.js';
import { checkSentence } from '../contract/check-sentence.js';
import { notJudged } from './not-judged.js';
import { pageOf, sourcesOf } from './sources.js';
import { wrap } from './wrap.js';

/** What a check found out, for a terminal. */
export interface CheckInput {
  results: RunResults;
  warnings: readonly { rule: string; message: string; suggestion?: string }[];
  /** Escape codes for colours; none where absent. */
  colour?: boolean;
}

/** Lines of one list that fit on a screen; the report and `--json` have all. */
const most = 8;

/**
 * One screen: what works and what users see, what to mend in the order in which it helps, what only
 * follows from it, what could not be judged. Everything that is cut is in the report.
 */
export function renderCheck({ results, warnings, colour = false }: CheckInput): string {
  const { bold, red, green, yellow } = pc.createColors(colour);
  const { check } = results;
  if (!check) return '';
  const paint = {
    works: green,
    broken: red,
    undetermined: yellow,
    contradiction: yellow,
    'control-failed': yellow,
  }[check.outcome];
  const { requirements } = results;
  return [
    '',
    ...wrap(checkSentence(results), '').map((line) => bold(paint(line))),
    ...differences(check, bold),
    ...check.requests.flatMap((one, index) => ['', ...request(one, index + 1, requirements, bold)]),
    ...check.incurable.flatMap((one) => ['', ...incurable(one, bold)]),
    ...notJudged(check),
    ...consequences(check),
    ...rulesToLookAt(warnings),
    '',
    ...closing(requirements),
  ].join('\n');
}

function differences({ outcome, differences: all }: CheckResults, bold: (text: string) => string): string[] {
  if (all.length === 0) return [];
  const heading =
    outcome === 'control-failed'
      ? 'What failed in the documented site:'
      : 'A defect of connector-lab, please report it: the lab does not agree with itself.';
  return ['', ...wrap(heading, '').map(bold), ...cut(all.map(({ words }) => words))];
}

function request(
  { ask, decidedBy, rules, reasons, accounts, stacks, targets, requirements: ids, events }: CheckedRequest,
  number: number,
  requirements: readonly RequirementResults[],
  bold: (text: string) => string,
): string[] {
  const unreached = targets.filter(({ reached }) => !reached);
  const who = [...accounts.map((one) => `account ${one}`), ...stacks.map((one) => `stack ${one}`)];
  return [
    ...hanging(`${number}. ${ask}`, '').map(bold),
    ...wrap(
      `today: ${decidedBy.join(', ')}${rules.length > 0 ? `, "${rules.slice(0, 3).join('", "')}"` : ''}`,
      '   ',
    ),
    ...(reasons.length > 0
      ? wrap(
          `why: ${reasons[0]}${reasons.length > 1 ? `, and ${reasons.length - 1} more like it` : ''}`,
          '   ',
        )
      : []),
    ...(who.length > 0 ? wrap(`for: ${who.join(', ')}`, '   ') : []),
    ...wrap(`breaks: ${sourcesOf(ids, requirements)}`, '   '),
    ...(unreached.length > 0
      ? wrap(
          `not reached in this run, since earlier steps failed: ${unreached.length === targets.length ? 'all of it' : unreached.map(({ host, port }) => `${host}:${port}`).join(', ')}`,
          '   ',
        )
      : []),
    ...(events.length > 0
      ? wrap(
          `evidence: ${events.slice(0, 4).join(', ')}${events.length > 4 ? ` and ${events.length - 4} more` : ''}`,
          '   ',
        )
      : []),
  ];
}

function incurable(
  { device, rule, explanation, servers }: IncurableCause,
  bold: (text: string) => string,
): string[] {
  const what = `${device}${rule === undefined ? '' : `, "${rule}"`}: ${explanation}`;
  return [
    ...wrap(`No request mends this: ${what}`, '').map(bold),
    ...(servers.length > 0 ? wrap(`for: ${servers.join(', ')}`, '   ') : []),
  ];
}

function consequences({ consequences: all }: CheckResults): string[] {
  if (all.length === 0) return [];
  const places = new Map<string, Set<string>>();
  for (const { server, operation, result } of all) {
    const key = `${server}: ${result}`;
    places.set(key, (places.get(key) ?? new Set()).add(operation));
  }
  return [
    '',
    'Follows from it:',
    ...cut([...places].map(([key, operations]) => `${key}: ${[...operations].join(', ')}`)),
  ];
}

function rulesToLookAt(warnings: CheckInput['warnings']): string[] {
  if (warnings.length === 0) return [];
  const told = warnings.map(({ rule, message, suggestion }) => {
    const about = message.includes(rule) ? message : `"${rule}": ${message}`;
    return suggestion === undefined ? about : `${about} (meant: ${suggestion}?)`;
  });
  return ['', 'Rules to look at:', ...cut([...new Set(told)])];
}

function cut(lines: readonly string[]): string[] {
  const rest = lines.length - most;
  return [
    ...lines.slice(0, most).flatMap((line) => hanging(`- ${line}`, '  ')),
    ...(rest > 0 ? [`  - and ${rest} more, which the report has`] : []),
  ];
}

function hanging(text: string, indent: string): string[] {
  return wrap(text, `${indent}   `).map((line, index) =>
    index === 0 ? `${indent}${line.trimStart()}` : line,
  );
}

function closing(requirements: readonly RequirementResults[]): string[] {
  const count = (wanted: RequirementResults['verdict']) =>
    requirements.filter(({ verdict }) => verdict === wanted).length;
  return [
    ...wrap(
      `${count('holds')} requirements hold, ${count('broken')} are broken; of ${count('unproven')} a site file cannot speak (the report says why).`,
      '',
    ),
    ...pageOf(requirements).flatMap((line) => wrap(line, '')),
  ];
}
