import pc from 'picocolors';
import type { CheckedRequest, CheckResults, IncurableCause } from '../../model/verdict/check-results.js';
import type { RequirementResults, RunResults } from '../../model/verdict/results.js';
import { administratorOf, byAdministrator, salutation } from '../contract/administrators.js';
import { checkSentence } from '../contract/check-sentence.js';
import { consequencesInWords } from '../contract/consequences.js';
import { todayOf } from '../contract/request-why.js';
import { rulesToLookAt } from '../contract/rules-to-look-at.js';
import { notJudged } from './not-judged.js';
import { pageOf, sourcesOf } from './sources.js';
import { cut, hanging, item, some, wrap } from './wrap.js';

/** What a check found out, for a terminal. */
export interface CheckInput {
  results: RunResults;
  /** Escape codes for colours; none where absent. */
  colour?: boolean;
}

/** Of one request, so many hosts and events are told; requests.txt has all. */
const most = 4;

type Bold = (text: string) => string;
interface Numbered extends CheckedRequest {
  number: number;
}

/**
 * One screen: what works and what users see, what to mend by whom, what only follows from it, which rules
 * to look at, what could not be judged. Everything that is cut is in requests.txt and in the report.
 */
export function renderCheck({ results, colour = false }: CheckInput): string {
  const { bold, red, green, yellow } = pc.createColors(colour);
  const { check, requirements } = results;
  if (!check) return '';
  const paint = {
    works: green,
    broken: red,
    undetermined: yellow,
    contradiction: yellow,
    'control-failed': yellow,
    'lab-failed': yellow,
  }[check.outcome];
  return [
    '',
    ...wrap(checkSentence({ ...results, check }), '').map((line) => bold(paint(line))),
    ...differences(check, bold),
    ...toMend(check, requirements, bold),
    ...check.incurable.flatMap((one) => ['', ...incurable(one, bold)]),
    ...notJudged(check),
    ...listed('Follows from it:', consequencesInWords(check)),
    ...listed('Rules to look at:', rulesToLookAt(results)),
    '',
    ...closing(requirements),
  ].join('\n');
}

function differences({ outcome, differences: all }: CheckResults, bold: Bold): string[] {
  if (all.length === 0) return [];
  const heading =
    outcome === 'control-failed'
      ? 'What failed in the documented site:'
      : outcome === 'lab-failed'
        ? 'What failed in the lab:'
        : 'A defect of connector-lab, please report it: the lab does not agree with itself.';
  return ['', ...wrap(heading, '').map(bold), ...cut(all.map(({ words }) => words))];
}

/** Requests of one administrator together, each with its place in the order in which mending helps. */
function toMend(
  { requests }: CheckResults,
  requirements: readonly RequirementResults[],
  bold: Bold,
): string[] {
  const groups = byAdministrator(
    requests.map((one, index) => ({
      ...one,
      number: index + 1,
      administrator: administratorOf(one.device, one.firewall),
    })),
  );
  return groups.flatMap(({ administrator, requests: own }) => [
    '',
    `${salutation(administrator)}:`,
    ...own.flatMap((one) => request(one, requirements, bold)),
  ]);
}

function request(one: Numbered, requirements: readonly RequirementResults[], bold: Bold): string[] {
  const { number, ask, reasons, accounts, targets, requirements: ids, events } = one;
  const unreached = targets.filter(({ reached }) => !reached).length;
  const [reason] = reasons;
  const more = reasons.length > 1 ? `, and ${reasons.length - 1} more like it` : '';
  return [
    ...hanging(`${number}. ${ask}`, '').map(bold),
    // The sentence names them where they are few.
    ...(targets.some(({ host }) => !ask.includes(host))
      ? item(
          'hosts',
          some(
            targets.map(({ host, port }) => `${host}:${port}`),
            most,
            'requests.txt has all',
          ),
        )
      : []),
    ...item('account', accounts.join(', ')),
    ...item('today', todayOf({ ...one, rules: one.rules.slice(0, 3) })),
    ...item('why', reason === undefined ? '' : `${reason}${more}`),
    ...item('later', one.later ?? ''),
    ...item('breaks', sourcesOf(ids, requirements)),
    ...item(
      'not reached in this run, since earlier steps failed',
      unreached === 0 ? '' : unreached === targets.length ? 'all of it' : `${unreached} of ${targets.length}`,
    ),
    ...item('evidence', some(events, most)),
  ];
}

function incurable({ device, rule, explanation, servers, events }: IncurableCause, bold: Bold): string[] {
  const what = `${device}${rule === undefined ? '' : `, "${rule}"`}: ${explanation}`;
  return [
    ...wrap(`No request mends this: ${what}`, '').map(bold),
    ...item('for', servers.join(', ')),
    ...item('evidence', some(events, most)),
  ];
}

function listed(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', heading, ...cut(lines)];
}

function closing(requirements: readonly RequirementResults[]): string[] {
  const count = (wanted: RequirementResults['verdict']) =>
    requirements.filter(({ verdict }) => verdict === wanted).length;
  const [holding, broken, unproven] = [count('holds'), count('broken'), count('unproven')];
  return [
    ...wrap(
      `${holding} requirement${holding === 1 ? '' : 's'} hold${holding === 1 ? 's' : ''}, ${broken} ${broken === 1 ? 'is' : 'are'} broken, ${unproven} ${unproven === 1 ? 'is' : 'are'} not proved (the report says why).`,
      '',
    ),
    ...pageOf(requirements).flatMap((line) => wrap(line, '')),
  ];
}
