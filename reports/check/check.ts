import pc from 'picocolors';
import type { Site } from '../../model/site/schema.js';
import type { RequirementResults, RunResults } from '../../model/verdict/results.js';
import { type BrokenRequirement, type ToMend, toMend } from './group.js';
import { wrap } from './wrap.js';

/** What a check found out, for a terminal. */
export interface CheckInput {
  site: Pick<Site, 'site'>;
  results: RunResults;
  broken: readonly BrokenRequirement[];
  warnings: readonly { rule: string; message: string; suggestion?: string }[];
  /** Escape codes for colours; none where absent. */
  colour?: boolean;
}

/** More events than this say nothing more to a reader. */
const mostEvents = 6;

/** The things to mend, each with what it breaks; then rules to look at; then what was not proved. */
export function renderCheck({ site, results, broken, warnings, colour = false }: CheckInput): string {
  const { bold, red, green } = pc.createColors(colour);
  const groups = toMend(broken);
  const heading = wrap(
    groups.length === 0
      ? `${site.site}: nothing documented is broken.`
      : `${site.site}: ${groups.length} thing${groups.length === 1 ? '' : 's'} to mend.`,
    '',
  );
  return [
    '',
    ...heading.map((line) => bold(groups.length === 0 ? green(line) : red(line))),
    ...groups.flatMap((group, index) => ['', ...mend(group, index + 1, bold)]),
    ...rulesToLookAt(warnings),
    '',
    ...notProved(results.requirements),
  ].join('\n');
}

function mend(group: ToMend, number: number, bold: (text: string) => string): string[] {
  const { device, rule, results, requirements } = group;
  const places = new Map<string, string[]>();
  for (const { operation, result, host, port } of results) {
    const key = `${operation}: ${result}`;
    const place = host === undefined ? [] : [`${host}${port === undefined ? '' : `:${port}`}`];
    places.set(key, [...new Set([...(places.get(key) ?? []), ...place])]);
  }
  const events = [...new Set(results.flatMap((one) => one.events))];
  const more = events.length > mostEvents ? ` and ${events.length - mostEvents} more` : '';
  const heading = wrap(
    `${number}. ${device ?? 'no device: the connector or the service said so'}${rule === undefined ? '' : `, rule "${rule}"`}`,
    '',
  );
  return [
    ...heading.map(bold),
    ...[...places].flatMap(([what, where]) => [
      ...wrap(what, '   '),
      ...where.flatMap((one) => wrap(one, '     ')),
    ]),
    ...breaks(requirements),
    ...wrap(`evidence: ${events.slice(0, mostEvents).join(', ')}${more}`, '   '),
  ];
}

function breaks(requirements: readonly RequirementResults[]): string[] {
  const bySource = new Map<string, RequirementResults[]>();
  for (const one of requirements) {
    const source = one.hidden ? 'not on the requirements page' : one.section;
    bySource.set(source, [...(bySource.get(source) ?? []), one]);
  }
  return [...bySource].flatMap(([source, some]) => [
    ...wrap(`breaks, ${source}:`, '   '),
    ...some.flatMap(({ id, statement, strength }) => hanging(`${id} (${strength}): ${statement}`)),
  ]);
}

function rulesToLookAt(warnings: CheckInput['warnings']): string[] {
  if (warnings.length === 0) return [];
  const told = warnings.map(({ rule, message, suggestion }) => {
    const about = message.includes(rule) ? message : `"${rule}": ${message}`;
    return suggestion === undefined ? about : `${about} (meant: ${suggestion}?)`;
  });
  return ['', 'Rules to look at:', ...[...new Set(told)].flatMap((one) => hanging(one))];
}

function hanging(text: string): string[] {
  return wrap(text, '       ').map((line, index) => (index === 0 ? `     - ${line.trimStart()}` : line));
}

function notProved(requirements: readonly RequirementResults[]): string[] {
  const holding = requirements.filter(({ verdict }) => verdict === 'holds').length;
  const open = requirements.filter(({ verdict, strength }) => verdict === 'unproven' && strength === 'must');
  return [
    ...wrap(`${holding} requirements were seen to hold.`, ''),
    ...(open.length === 0
      ? []
      : wrap(
          `${open.length} mandatory ones were not proved: they are not about this site's network, or nothing here exercised them: ${open.map(({ id }) => id).join(', ')}.`,
          '',
        )),
  ];
}
