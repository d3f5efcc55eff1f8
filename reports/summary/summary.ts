import { printable } from '../../model/evidence/printable.js';
import type { RequirementResults, RunResults } from '../../model/verdict/results.js';
import { type Case, casesOf } from '../contract/cases.js';
import { findingsOf } from '../contract/check-findings.js';
import { closingSentence } from '../contract/closing.js';
import { inWords } from '../contract/duration.js';

/** More than this nobody reads on a CI page, which has a limit too. */
const most = 50;

/** The run on one page of Markdown, for a CI server's job summary or a pull request. */
export function renderSummary(results: RunResults): string {
  const { engine, edition, durationMs, shard, requirements, check, weaknesses = [] } = results;
  const cases = casesOf(results);
  const having = (...statuses: Case['status'][]) => cases.filter(({ status }) => statuses.includes(status));
  const part = shard ? `, shard ${shard.index} of ${shard.total}` : '';
  return [
    '## connector-lab',
    '',
    `**${plain(closingSentence(results))}**`,
    '',
    ...(check
      ? section(
          'What was found',
          findingsOf(check).map(({ title, message }) => ({ id: title, message })),
        )
      : [
          '| | passed | not as expected | fail as expected | skipped | not run |',
          '|---|---:|---:|---:|---:|---:|',
          `| Scenarios | ${having('passed').length} | ${having('failed').length} | ${having('tolerated').length} | ${having('skipped').length} | ${having('missing').length} |`,
          '',
        ]),
    '| | hold | broken | not proved |',
    '|---|---:|---:|---:|',
    verdicts('Documented requirements', requirements, false),
    verdicts('Beyond the page', requirements, true),
    '',
    `Engine: ${engine}. Requirements page of ${edition}. Took ${inWords(durationMs)}${part}.`,
    '',
    ...(weaknesses.length > 0
      ? [`The engine confined machines less: ${plain(weaknesses.join('; '))}.`, '']
      : []),
    ...(check ? [] : list('Not as expected', having('failed'))),
    ...list('Not run', having('missing')),
    ...list('Fail as expected', having('tolerated')),
    ...otherChanges(results),
  ].join('\n');
}

function verdicts(name: string, requirements: readonly RequirementResults[], hidden: boolean): string {
  const count = (verdict: RequirementResults['verdict']) =>
    requirements.filter((one) => one.verdict === verdict && one.hidden === hidden).length;
  return `| ${name} | ${count('holds')} | ${count('broken')} | ${count('unproven')} |`;
}

function list(heading: string, cases: readonly Case[]): string[] {
  return section(
    heading,
    cases.map(({ id, message }) => ({ id, message })),
  );
}

function otherChanges({ baseline }: RunResults): string[] {
  const told = (baseline?.changes ?? []).filter(({ change }) => change === 'fixed' || change === 'slower');
  return section(
    'Changed since the baseline',
    told.map(({ scenario, change, now }) => ({ id: scenario, message: `${change}: ${now}` })),
  );
}

function section(heading: string, items: readonly { id: string; message: string }[]): string[] {
  if (items.length === 0) return [];
  const rest = items.length - most;
  return [
    `### ${heading}`,
    '',
    ...items.slice(0, most).map(({ id, message }) => `- ${code(id)}${message ? `: ${code(message)}` : ''}`),
    ...(rest > 0 ? [`- and ${rest} more, which the report has`] : []),
    '',
  ];
}

/** Captured text as code, where nothing is markup, a link or a mention. */
function code(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(1 + Math.max(0, ...runs.map((run) => run.length)));
  const space = runs.length > 0 ? ' ' : '';
  return `${fence}${space}${printable(text)}${space}${fence}`;
}

function plain(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>&@#|]/g, (character) => `&#${character.charCodeAt(0)};`);
}
