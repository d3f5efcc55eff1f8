import { lintSite } from '../../model/policy/lint-site.js';
import type { CheckResults } from '../../model/verdict/check-results.js';
import type { RunResults } from '../../model/verdict/results.js';

/**
 * Rules of a checked site that somebody should look at: those that nearly do what is documented and
 * decide nothing, what is strange about others, then how many no connection of a connector ever met.
 */
export function rulesToLookAt({ check, sites }: Pick<RunResults, 'check' | 'sites'>): string[] {
  if (!check) return [];
  const hints = Object.values(sites).flatMap(lintSite);
  const strange = hints.map(({ rule, message, suggestion }) => {
    const about = message.includes(rule) ? message : `"${rule}": ${message}`;
    return suggestion === undefined ? about : `${about} (meant: ${suggestion}?)`;
  });
  // A hint quotes what it is about: rules by their names, or the hosts in them.
  const isHinted = ({ rule: name }: CheckResults['unused'][number]) =>
    [name, ...name.split(' ').filter((word) => word.includes('.'))].some((text) =>
      hints.some(({ rule, message }) => rule === text || message.includes(`"${text}"`)),
    );
  const unused = check.unused.filter((one) => !isHinted(one));
  const near = unused.flatMap((one) =>
    one.near === undefined ? [] : [`${placeOf(one)} is never used: it ${one.near}`],
  );
  return [...near, ...new Set(strange), ...neverUsed(unused.filter((one) => one.near === undefined))];
}

function neverUsed(rules: CheckResults['unused']): string[] {
  const [first] = rules;
  if (!first) return [];
  return [
    rules.length === 1
      ? `${placeOf(first)} is never used by a connector`
      : `${rules.length} are never used by a connector: ${rules.map(({ rule }) => `"${rule}"`).join(', ')}`,
  ];
}

function placeOf({ device, server, rule }: CheckResults['unused'][number]): string {
  return `${device}${server === undefined ? '' : ` of ${server}`}: "${rule}"`;
}
