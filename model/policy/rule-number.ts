import { type NumberedRule, placeOfRow } from '../site/documented-rows.js';
import { continues } from '../site/schema.js';
import { remembered } from './remembered.js';

const known = new WeakMap<readonly NumberedRule[], readonly number[]>();

/**
 * Numbers of rules as people wrote them, from 1, by position: the rows of one `documented` are one rule,
 * and so are the destinations of one list.
 */
export function ruleNumbers(rules: readonly NumberedRule[]): readonly number[] {
  return remembered(known, rules, () => {
    let number = 0;
    let block: string | undefined;
    return rules.map((rule) => {
      const own = placeOfRow(rule);
      if (!continues(rule) && (own === undefined || own !== block)) number += 1;
      block = own;
      return number;
    });
  });
}

/** The number of the rule at a position, from 0. */
export function ruleNumber(rules: readonly NumberedRule[], index: number): number {
  return ruleNumbers(rules)[index] ?? index + 1;
}
