import { rangeContains, rangeOf } from '../site/address-range.js';
import { entryText, type HostEntry } from '../site/host-entry.js';
import { ruleActions } from '../site/rule-schema.js';
import type { ImportedFirewall, ImportedRule } from './importer.js';

/** For benchmarks (RFC 2544), so that nothing of the internet is there; a lab has all its addresses in it. */
const labNetwork = rangeOf('198.18.0.0/15');

/**
 * Rules without destinations in the network of labs: lists of networks that are nobody's ("bogons") have it,
 * and are not about the cloud that a lab has there.
 */
export function withoutLabNetwork(firewall: ImportedFirewall): ImportedFirewall {
  const { rules, 'application-rules': behind } = firewall;
  return {
    ...firewall,
    rules: rules.flatMap(elsewhere),
    ...(behind && { 'application-rules': behind.flatMap(elsewhere) }),
  };
}

function elsewhere(rule: ImportedRule): ImportedRule[] {
  const action = ruleActions.find((one) => rule[one] !== undefined);
  const to = action && rule[action];
  if (to === undefined) return [rule];
  const entries = [to].flat();
  const rest = entries.filter((entry) => !isOfLabs(entry));
  if (rest.length === entries.length) return [rule];
  return rest.length === 0 ? [] : [{ ...rule, [action as string]: rest }];
}

function isOfLabs(entry: HostEntry): boolean {
  const range = rangeOf(entryText(entry));
  return range !== undefined && labNetwork !== undefined && rangeContains(labNetwork, range);
}
