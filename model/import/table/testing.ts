import { csv } from '../csv.js';

/** As a table is imported: the default, its rules without their places, and the lines that are not understood. */
export function readTableText(text: string) {
  const { edge, notUnderstood } = csv.read({ file: 'hosts.csv', text }, {});
  const rules = (edge?.rules ?? []).map(({ source: _, ...rule }) => rule);
  return { default: edge?.default, rules, told: notUnderstood.map(({ line }) => line) };
}
