import { isSeq } from 'yaml';
import type { Template } from '../import/azure-firewall/template.js';
import type { Edit } from './edit.js';

/** Puts values behind the last of a list in JSON, written as those are; undefined: it is no list in the text. */
export function itemInto(template: Template, list: unknown, values: readonly object[]): Edit | undefined {
  if (!isSeq(list) || !list.range) return undefined;
  const { written: text } = template;
  const last = list.items.at(-1) as { range?: [number, number, number] } | undefined;
  if (!last?.range) {
    const [begin] = list.range;
    return { at: template.placeOf(begin) + 1, insert: values.map((one) => JSON.stringify(one)).join(', ') };
  }
  const [from, to] = [template.placeOf(last.range[0]), template.placeOf(last.range[1])];
  const indent = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, from))?.[1];
  const insert = values.map((one) => {
    if (indent === undefined) return `, ${JSON.stringify(one)}`;
    const lines = JSON.stringify(one, null, stepOf(text)).split('\n');
    return `,\n${lines.map((line) => `${indent}${line}`).join('\n')}`;
  });
  return { at: to, insert: insert.join('') };
}

/** By how much a file sets its first inner line off. */
function stepOf(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}
