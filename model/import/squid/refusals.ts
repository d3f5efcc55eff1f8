import type { HostEntry } from '../../site/host-entry.js';
import type { ImportedProxyRule, ImportOptions } from '../importer.js';
import { accessOf } from './access.js';
import type { Acl } from './acl.js';
import type { Directive } from './read-lines.js';

/** What lines beside `http_access` refuse of what that allows, as rules. */
export interface Refusals {
  rules: ImportedProxyRule[];
  /** Lines of which nobody can say whether they are met, with why. */
  unclear: { line: Directive; why: string }[];
}

/**
 * What a list of `allow` and `deny` lines refuses. `passed`: of what it is not asked. Who is refused by no line
 * is so by the contrary of the last one, as squid does.
 */
export function refusalsOf(
  lines: readonly Directive[],
  acls: ReadonlyMap<string, Acl>,
  given: ImportOptions,
  passed: readonly HostEntry[] = [],
): Refusals {
  const found: Refusals = { rules: [], unclear: [] };
  const except = [...passed];
  let doubt: string | undefined;
  for (const line of lines) {
    const access = accessOf(line, acls, given);
    if (access.unclear.length > 0) found.unclear.push({ line, why: access.unclear.join('; ') });
    for (const rule of access.rules) {
      // Who does not say who he is, is not known here either: squid asks in `http_access` alone.
      if (rule.ask !== undefined) doubt ??= `${line.name} asks who is there`;
      else if (rule.deny !== undefined) found.rules.push(refusal(rule, except, doubt));
      else if (isOfAll(rule)) return found;
      else if (isOfHosts(rule)) except.push(...[rule.allow ?? []].flat());
      else doubt ??= wordsOf(line);
    }
  }
  const last = lines.at(-1);
  if (last?.words[0]?.text !== 'allow') return found;
  const source = { file: last.file, line: last.line };
  found.rules.push(refusal({ deny: 'any', source }, except, doubt));
  return found;
}

/** As it is written. */
export function wordsOf({ name, words }: Directive): string {
  return `${name} ${words.map(({ text }) => text).join(' ')}`.slice(0, 1000);
}

function refusal(
  rule: ImportedProxyRule,
  passed: readonly HostEntry[],
  doubt: string | undefined,
): ImportedProxyRule {
  const except = [...(rule.except ?? []), ...passed];
  const unclear = rule.unclear ?? doubt;
  return { ...rule, ...(except.length > 0 && { except }), ...(unclear !== undefined && { unclear }) };
}

function isOfHosts({ except, port, method, unclear }: ImportedProxyRule): boolean {
  return (except ?? []).length === 0 && port === undefined && method === undefined && unclear === undefined;
}

function isOfAll(rule: ImportedProxyRule): boolean {
  return rule.allow === 'any' && isOfHosts(rule);
}
