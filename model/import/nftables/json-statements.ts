import type { Verdict } from '../flatten-chains.js';
import { isObject, listOf, textAt } from '../json-values.js';
import { isVerdict, verdictNamed } from './read-verdict.js';
import type { Element, Elements, Statement } from './ruleset.js';
import { matchOfXt, targetOfXt } from './xt.js';

/** They let the rule go on. */
const decidesNothing = new Set([
  ...['counter', 'log', 'notrack', 'flow', 'comment', 'ct helper', 'ct timeout', 'ct expectation', 'dup'],
  'secmark',
]);

const comparisons = ['<', '>', '<=', '>='];

/** What a rule asks, and does. */
export function statementsOf(expressions: readonly unknown[]): Statement[] {
  return expressions.flatMap((one): Statement[] => {
    const [[kind, value] = ['']] = isObject(one) ? Object.entries(one) : [];
    if (decidesNothing.has(kind)) return [];
    const verdict = verdictOf(one);
    if (verdict) return [{ kind: 'verdict', verdict }];
    const known = isObject(value) ? statementOf(kind, value) : undefined;
    return known ?? [{ kind: 'unclear', text: JSON.stringify(one) }];
  });
}

/** Undefined: it is not known here. */
function statementOf(kind: string, value: Record<string, unknown>): Statement[] | undefined {
  const text = JSON.stringify(value);
  if (kind === 'match') return matchOf(value);
  if (kind === 'vmap') {
    const [selectors, of] = [selectorsOf(value.key), mapped(value.data)];
    if (!selectors) return [unknown(`vmap ${text}`)];
    return [{ kind: 'map', selectors, of, text: `${selectors.join(' . ')} vmap` }];
  }
  if (kind === 'xt') {
    const name = textAt(value, 'name');
    return value.type === 'match' ? matchOfXt(name) : targetOfXt(name);
  }
  // With a limit in it, it is a condition.
  if (kind === 'set' || kind === 'map') return listOf(value.stmt).length === 0 ? [] : undefined;
  if (kind === 'mangle') {
    return /"(daddr|dport|base)"/.test(JSON.stringify(value.key)) ? [unknown(text)] : [];
  }
  return undefined;
}

function unknown(why: string): Statement {
  return { kind: 'verdict', verdict: { kind: 'unknown', why: why.slice(0, 300) } };
}

function matchOf(value: Record<string, unknown>): Statement[] | undefined {
  const selectors = selectorsOf(value.left);
  const [operator, right] = [textAt(value, 'op'), value.right];
  if (!selectors || !['==', '!=', 'in', ...comparisons].includes(operator)) return undefined;
  const isCompared = comparisons.includes(operator);
  const of = isCompared ? [{ key: [`${operator} ${right}`] }] : valuesOf(right);
  const told = typeof of === 'string' ? of : of.map(({ key }) => key.join(' . ')).join(', ');
  const negated = operator === '!=';
  const text = `${selectors.join(' . ')} ${negated ? '!= ' : ''}${told}`;
  return [{ kind: 'match', selectors, negated, of, text }];
}

/** `ip daddr`; of a concatenation several. Undefined: it is not known here. */
function selectorsOf(left: unknown): string[] | undefined {
  if (!isObject(left)) return undefined;
  const parts = left.concat;
  if (parts !== undefined) {
    const all = listOf(parts).map(selectorsOf);
    return all.every((one) => one !== undefined) ? all.flat() : undefined;
  }
  const [[kind, value] = ['']] = Object.entries(left);
  if (kind === '&') {
    const [what, mask] = listOf(value);
    const [of] = selectorsOf(what) ?? [];
    return of === 'tcp flags' ? [`tcp flags & ${bitsOf(mask).join(',')}`] : undefined;
  }
  if (!isObject(value)) return undefined;
  const [protocol, field, key] = ['protocol', 'field', 'key'].map((name) => textAt(value, name));
  if (kind === 'payload') return protocol && field ? [`${protocol} ${field}`] : undefined;
  // Of one direction only.
  if (kind === 'ct' && value.dir !== undefined) return undefined;
  if (kind === 'meta' || kind === 'ct') return [`${kind} ${key}`];
  const isOfDestination =
    kind === 'fib' && value.result === 'type' && flagsOf(value.flags).join() === 'daddr';
  return isOfDestination ? ['fib daddr type'] : undefined;
}

function bitsOf(mask: unknown): string[] {
  if (Array.isArray(mask)) return mask.flatMap(bitsOf);
  if (isObject(mask)) return bitsOf(mask['|']);
  return typeof mask === 'string' ? [mask] : [];
}

/** A text, or a list of texts. */
export function flagsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}

function valuesOf(right: unknown): Elements {
  if (typeof right === 'string' && right.startsWith('@')) return right;
  return elementsOf(isObject(right) && right.set !== undefined ? right.set : right);
}

/** Keys; one of no parts is not understood. */
export function elementsOf(value: unknown): Element[] {
  return (Array.isArray(value) ? value : [value]).map((one) => ({ key: keyOf(one) }));
}

function mapped(data: unknown): Elements {
  if (typeof data === 'string') return data;
  return mapOf(isObject(data) ? data.set : undefined);
}

/** Keys with a verdict each. */
export function mapOf(value: unknown): Element[] {
  return listOf(value).map((one) => {
    const [key, data] = listOf(one);
    const verdict = verdictOf(data);
    return verdict ? { key: keyOf(key), verdict } : { key: [] };
  });
}

function keyOf(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  if (!isObject(value)) return [];
  if (Array.isArray(value.concat)) {
    const parts = value.concat.map(keyOf);
    return parts.every((one) => one.length === 1) ? parts.flat() : [];
  }
  if (Array.isArray(value.range)) return [value.range.map((one) => keyOf(one).join()).join('-')];
  const [prefix, element] = [value.prefix, value.elem];
  if (isObject(prefix)) return [`${textAt(prefix, 'addr')}/${textAt(prefix, 'len')}`];
  // It ends, or has a limit.
  if (!isObject(element) || Object.keys(element).some((one) => !['val', 'comment', 'counter'].includes(one)))
    return [];
  return keyOf(element.val);
}

function verdictOf(value: unknown): Verdict | undefined {
  const [[word, told] = ['']] = isObject(value) ? Object.entries(value) : [];
  if (!isVerdict(word)) return undefined;
  if (word === 'jump' || word === 'goto')
    return { kind: word, chain: isObject(told) ? textAt(told, 'target') : '' };
  if (word === 'reject') return { kind: isObject(told) && told.type === 'tcp reset' ? 'reset' : 'reject' };
  return verdictNamed(word);
}
