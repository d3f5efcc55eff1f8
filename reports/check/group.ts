import type { Device } from '../../model/evidence/vocabulary.js';
import type { RequirementResults, Result } from '../../model/verdict/results.js';

/** One requirement that a site breaks, and the result that broke it. */
export interface BrokenRequirement {
  requirement: RequirementResults;
  result: Omit<Result, 'expected' | 'matched'>;
}

/** One thing to mend: what broke, and all that it broke. */
export interface ToMend {
  device?: Device;
  rule?: string;
  results: BrokenRequirement['result'][];
  requirements: RequirementResults[];
}

/** `hosts/*.msappproxy.net/443`: the row of one host. */
const hostRow = /^hosts\/.+\/\d+$/;

/**
 * Broken requirements by what broke them, since the reader wants to mend it once. A rule is one
 * thing. A default stops whatever nothing allows: there each group of hosts that the page names
 * together is one thing.
 */
export function toMend(broken: readonly BrokenRequirement[]): ToMend[] {
  const byResult = new Map<BrokenRequirement['result'], RequirementResults[]>();
  for (const { requirement, result } of broken)
    byResult.set(result, [...(byResult.get(result) ?? []), requirement]);
  const groups = new Map<string, ToMend>();
  for (const [result, requirements] of byResult) {
    const { device, rule } = result;
    const isDefault = rule === undefined || rule.startsWith('default ');
    const ids = requirements.map(({ id }) => id).filter((id) => !hostRow.test(id));
    const key = JSON.stringify([device, rule, isDefault && ids, device === undefined && result.result]);
    const group = groups.get(key) ?? { device, rule, results: [], requirements: [] };
    group.results.push(result);
    group.requirements.push(...requirements.filter((one) => !group.requirements.includes(one)));
    groups.set(key, group);
  }
  return [...groups.values()];
}
