import { YAMLSeq } from 'yaml';
import type { ImportedRule } from '../../model/import/importer.js';

/** Texts that YAML takes for themselves without quotes; its words for other things are shorter than any host. */
const plain = /^(?!(?:true|false|null|yes|no|on|off)$)[a-z_][\w.-]*$/i;

/** Rules in a YAML document. The library takes seconds for lists as long as firewalls have them. */
export class RuleList extends YAMLSeq {
  constructor(private readonly rules: readonly ImportedRule[]) {
    super();
    this.flow = false;
  }

  override toString(context?: { indent?: string }): string {
    const indent = context?.indent ?? '';
    return this.rules.map((rule) => written(rule, indent)).join(`\n${indent}`);
  }
}

function written(rule: ImportedRule, indent: string): string {
  const lines = Object.entries(rule)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${onOneLine(value)}`);
  return `- ${lines.join(`\n${indent}  `)}`;
}

/** JSON is YAML, and what people write on one line has fewer quotes. */
function onOneLine(value: unknown): string {
  if (typeof value === 'string') return plain.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(onOneLine).join(', ')} ]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${onOneLine(inner)}`)
    .join(', ')} }`;
}
