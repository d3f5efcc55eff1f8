import type { Site } from '../../harness/site/schema.js';
import type { RequirementResults, Result, RunResults } from '../../harness/verdict/results.js';

/** What a check found out, for a terminal. */
export interface CheckInput {
  site: Site;
  results: RunResults;
  broken: readonly { requirement: RequirementResults; result: Omit<Result, 'expected' | 'matched'> }[];
  warnings: readonly { rule: string; message: string; suggestion?: string }[];
}

/**
 * The broken requirements, grouped by what broke them: one device's rule may break several, and the
 * reader wants to mend it once.
 */
export function renderCheck({ site, results, broken, warnings }: CheckInput): string {
  const groups = new Map<string, CheckInput['broken'][number][]>();
  for (const one of broken) {
    const { device, rule, result, host } = one.result;
    // What a default drops is a different thing to mend for each host.
    const key = JSON.stringify([
      device,
      rule,
      rule?.startsWith('default ') || !rule ? host : '',
      device ? '' : result,
    ]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const holding = results.requirements.filter(({ verdict }) => verdict === 'holds').length;
  const unproven = results.requirements.filter(
    ({ verdict, strength }) => verdict === 'unproven' && strength === 'must',
  );
  const lines = [
    '',
    groups.size === 0
      ? `${site.site}: nothing documented is broken.`
      : `${site.site}: ${groups.size} thing${groups.size === 1 ? '' : 's'} to mend.`,
    ...[...groups.values()].flatMap((group, index) => ['', ...mend(index + 1, group)]),
    ...(warnings.length > 0 ? ['', 'Rules to look at:'] : []),
    ...warnings.map(
      ({ message, suggestion }) => `  ${message}${suggestion ? ` (meant: ${suggestion}?)` : ''}`,
    ),
    '',
    `${holding} requirements were seen to hold; ${unproven.length} mandatory ones are not about this site's network or were not exercised.`,
  ];
  return lines.join('\n');
}

function mend(number: number, group: CheckInput['broken']): string[] {
  const [first] = group;
  if (!first) return [];
  const { device, rule } = first.result;
  const places = [
    ...new Set(
      group.map(
        ({ result }) =>
          `${result.operation}: ${result.result}${result.host ? ` at ${result.host}:${result.port}` : ''}`,
      ),
    ),
  ];
  const requirements = new Map(group.map(({ requirement }) => [requirement.id, requirement]));
  return [
    `${number}. ${device ?? 'no device'}${rule ? `, rule "${rule}"` : ''}`,
    ...places.map((place) => `     ${place}`),
    ...[...requirements.values()].map(
      ({ id, statement, section, hidden }) =>
        `   breaks ${id}${hidden ? ' (not on the page)' : ''}: ${statement}\n          ${section}`,
    ),
  ];
}
