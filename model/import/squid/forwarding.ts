import type { HostEntry } from '../../site/host-entry.js';
import type { ImportedProxyRule, ImportOptions } from '../importer.js';
import { accessOf } from './access.js';
import type { Acl } from './acl.js';
import type { Directive } from './read-lines.js';
import { type Refusals, refusalsOf, wordsOf } from './refusals.js';

export interface Forwarding {
  /** The one parent through which all goes of which nothing else is told. */
  parent?: { address: string };
  /** Of what `http_access` allows. */
  rules: ImportedProxyRule[];
  notes: { line: Directive; why: string }[];
}

/** Hosts that lines of one list allow, and what of them is in doubt. */
interface Allowed {
  hosts: HostEntry[];
  isAll: boolean;
  doubts: Directive[];
}

/**
 * Which way requests go on: `always_direct` is asked first, then `never_direct`; what neither is about goes to a
 * parent or past it, as squid thinks fit. Where nobody is left to whom a request may go, it is refused. A site
 * has one parent, through which everything goes, or none: of other ways nothing is judged.
 */
export function forwardingOf(
  directives: readonly Directive[],
  acls: ReadonlyMap<string, Acl>,
  given: ImportOptions,
): Forwarding {
  const named = (name: string) => directives.filter((one) => one.name === name);
  const peers = named('cache_peer');
  const parents = peers.filter(({ words }) => words[1]?.text === 'parent');
  const notes: Forwarding['notes'] = peers
    .filter((one) => !parents.includes(one))
    .map((line) => ({ line, why: 'what it has stored is answered by it, which is not judged' }));
  const direct = allowedBy(named('always_direct'), acls, given);
  const past = direct.doubts.flatMap((line) => inDoubt(line));
  for (const line of direct.doubts) notes.push({ line, why: 'not known what goes direct: not judged' });
  if (direct.isAll && direct.doubts.length === 0) {
    notes.push(...parents.map((line) => ({ line, why: 'everything goes past it (always_direct)' })));
    return { rules: [], notes };
  }
  const never = named('never_direct');
  const [first] = parents;
  if (!first) return withoutParents();
  const address = `${first.words[0]?.text}:${first.words[2]?.text}`;
  const only = allowedBy(never, acls, given);
  const isOne = parents.length === 1 && /^[\w.-]+:\d{1,5}$/.test(address);
  const why = 'requests can go through it or past it, which is not judged';
  if (!isOne || !only.isAll || only.doubts.length > 0) {
    notes.push(...parents.map((line) => ({ line, why })));
    // Direct is direct, whatever becomes of the rest.
    return { rules: [...past, ...parents.flatMap((line) => inDoubt(line, direct.hosts))], notes };
  }
  notes.push({
    line: first,
    why: 'what its parent lets through stands in the file of that: write it into proxy.parent',
  });
  for (const line of direct.hosts.length > 0 ? named('always_direct') : [])
    notes.push({ line, why: 'what goes past the parent is not judged' });
  const own = named('cache_peer_access').filter(({ words }) => words[0]?.text === nameOf(first));
  const kept = refusalsOf(own.map(withoutFirst), acls, given, direct.hosts);
  const around = named('always_direct').flatMap((line) =>
    inDoubt(line).map((rule) => ofHosts(rule, direct.hosts)),
  );
  notes.push(...kept.unclear);
  return {
    parent: { address },
    rules: [...past, ...(direct.hosts.length > 0 ? around : []), ...kept.rules],
    notes,
  };

  /** Who may go nowhere is refused. */
  function withoutParents(): Forwarding {
    const kept = never.length === 0 ? none : refusalsOf(never.map(contrary), acls, given, direct.hosts);
    notes.push(...kept.unclear);
    return { rules: [...past, ...kept.rules], notes };
  }
}

const none: Refusals = { rules: [], unclear: [] };

/** By which other lines call it. */
function nameOf({ words }: Directive): string | undefined {
  const [, named] = words.flatMap(({ text }) => /^name=(.+)$/.exec(text) ?? []);
  return named ?? words[0]?.text;
}

function withoutFirst(line: Directive): Directive {
  return { ...line, words: line.words.slice(1) };
}

function contrary(line: Directive): Directive {
  const [action, ...others] = line.words;
  if (!action) return line;
  return { ...line, words: [{ ...action, text: action.text === 'allow' ? 'deny' : 'allow' }, ...others] };
}

/** Requests of these lines, as far as they are told by hosts alone. */
function allowedBy(
  lines: readonly Directive[],
  acls: ReadonlyMap<string, Acl>,
  given: ImportOptions,
): Allowed {
  const found: Allowed = { hosts: [], isAll: false, doubts: [] };
  for (const line of lines) {
    for (const rule of accessOf(line, acls, given).rules) {
      const isPlain =
        rule.unclear === undefined &&
        rule.port === undefined &&
        rule.method === undefined &&
        !rule.except?.length;
      if (rule.allow !== undefined && isPlain) {
        if (rule.allow === 'any') return { ...found, isAll: true };
        found.hosts.push(...[rule.allow].flat());
      } else if (rule.deny === 'any' && isPlain) return found;
      // What is denied before others are allowed, and what goes by ports.
      else found.doubts.push(line);
    }
  }
  const last = lines.at(-1);
  // What no line is about, the contrary of the last one is about.
  return last?.words[0]?.text === 'deny' ? { ...found, isAll: true } : found;
}

function inDoubt(line: Directive, except: readonly HostEntry[] = []): ImportedProxyRule[] {
  const { file, line: at } = line;
  const [name, ...hidden] = wordsOf(line).split(' ');
  const unclear =
    line.name === 'cache_peer' ? `cache_peer ${hidden.slice(0, 3).join(' ')}` : `${name} ${hidden.join(' ')}`;
  const of = { ...(except.length > 0 && { except: [...except] }), unclear, source: { file, line: at } };
  return [
    { deny: 'any', ...of },
    { allow: 'any', ...of },
  ];
}

function ofHosts(rule: ImportedProxyRule, hosts: HostEntry[]): ImportedProxyRule {
  const { allow, deny: _, ...others } = rule;
  return allow === undefined ? { deny: hosts, ...others } : { allow: hosts, ...others };
}
