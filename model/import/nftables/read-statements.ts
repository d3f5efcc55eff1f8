import { elementsOf } from './read-elements.js';
import { isVerdict, verdictOf } from './read-verdict.js';
import type { Element, Statement } from './ruleset.js';
import { inWords, type Token, Tokens } from './tokens.js';
import { matchOfXt, targetOfXt } from './xt.js';

/** First words of what is asked by two: `ip daddr`. */
const families = new Set([
  ...['ip', 'ip6', 'tcp', 'udp', 'th', 'meta', 'ct', 'ether', 'icmp', 'icmpv6', 'igmp', 'arp', 'vlan'],
  ...['sctp', 'dccp', 'udplite', 'ah', 'esp', 'comp', 'socket', 'rt', 'fib', 'osf'],
]);
/** What is asked by one word is of `meta`. */
const ofMeta = new Set([
  ...['iif', 'oif', 'iifname', 'oifname', 'iiftype', 'oiftype', 'iifgroup', 'oifgroup', 'mark', 'skuid'],
  ...['skgid', 'nftrace', 'cgroup', 'pkttype', 'cpu', 'rtclassid', 'l4proto', 'nfproto'],
]);
const comparisons = new Set(['<', '>', '<=', '>=']);

/** What a rule asks, and does. Behind words that are not known here only its verdict is looked for. */
export function statementsOf(rule: readonly Token[]): Statement[] {
  const statements: Statement[] = [];
  const tokens = new Tokens(rule);
  while (tokens.peek() !== undefined) {
    if (decidesNothing(tokens) || writes(tokens)) continue;
    if (tokens.take('xt', 'target')) {
      statements.push(...targetOfXt(tokens.next()));
      continue;
    }
    if (tokens.take('xt', 'match')) {
      statements.push(...matchOfXt(tokens.next()));
      continue;
    }
    const word = tokens.peek() ?? '';
    if (isVerdict(word) && !tokens.token?.isQuoted) {
      statements.push({ kind: 'verdict', verdict: verdictOf(tokens) });
      break;
    }
    const { taken } = tokens;
    const known = conditionOf(tokens);
    if (known) statements.push(known);
    else statements.push(...unknown(tokens.rest(taken)));
  }
  return statements;
}

/** Takes a statement that lets the rule go on. */
function decidesNothing(tokens: Tokens): boolean {
  if (tokens.take('counter', 'packets') || tokens.take('counter', 'bytes')) {
    tokens.next();
    if (tokens.take('bytes') || tokens.take('packets')) tokens.next();
    return true;
  }
  if (tokens.take('counter', 'name') || tokens.take('comment')) return tokens.next() !== '';
  if (tokens.take('counter') || tokens.take('notrack')) return true;
  if (tokens.take('flow', 'add') || tokens.take('flow', 'offload')) return tokens.next() !== '';
  if (tokens.take('log')) {
    while (
      ['prefix', 'group', 'level', 'snaplen', 'queue-threshold', 'flags'].includes(tokens.peek() ?? '')
    ) {
      tokens.next();
      tokens.next();
      // Of flags there are several, and some have two words: `tcp sequence,options`.
      while (tokens.take(',') || ['sequence', 'options', 'uid'].includes(tokens.peek() ?? '')) tokens.next();
    }
    return true;
  }
  return (
    tokens.take('tcp', 'option', 'maxseg', 'size', 'set') &&
    (tokens.take('rt', 'mtu') || tokens.next() !== '')
  );
}

/** Takes what marks a connection, or writes it into a set. */
function writes(tokens: Tokens): boolean {
  if (['add', 'update', 'delete'].includes(tokens.peek() ?? '') && tokens.peek(1)?.startsWith('@')) {
    // With a limit in it, it is a condition.
    const isPlain = /^(ip|ip6|tcp|udp|th|meta|ct|timeout|saddr|daddr|sport|dport|\.|\d+[smhd]\w*)$/;
    let length = 3;
    while (tokens.peek(length) !== undefined && tokens.peek(length) !== '}') {
      if (!isPlain.test(tokens.peek(length) ?? '')) return false;
      length++;
    }
    for (let taken = 0; taken <= length; taken++) tokens.next();
    return true;
  }
  if (!/^(meta|ct|ip|ether)$/.test(tokens.peek() ?? '') || tokens.peek(2) !== 'set') return false;
  if (tokens.peek(1) === 'daddr') return false;
  const length = /^(meta|ct)$/.test(tokens.peek(3) ?? '') ? 5 : 4;
  if (/^(and|or|xor|[&|^]|<<|>>|map|\.|mod|set)$/.test(tokens.peek(length) ?? '')) return false;
  for (let taken = 0; taken < length; taken++) tokens.next();
  return true;
}

/** Takes a condition; undefined: nothing that is known here. */
function conditionOf(tokens: Tokens): Statement | undefined {
  if (tokens.take('limit', 'rate')) return limitOf(tokens);
  const selectors = [selectorOf(tokens)];
  while (tokens.take('.')) selectors.push(selectorOf(tokens));
  if (selectors.some((one) => one === undefined)) return undefined;
  const asked = selectors.flatMap((one) => one ?? []);
  const words = asked.join(' . ');
  if (tokens.take('vmap')) {
    const of = tokens.peek() === '{' ? elementsOf(tokens.group()) : tokens.next();
    return { kind: 'map', selectors: asked, of, text: `${words} vmap` };
  }
  if (comparisons.has(tokens.peek() ?? '')) {
    const text = `${tokens.next()} ${tokens.next()}`;
    return {
      kind: 'match',
      selectors: asked,
      negated: false,
      of: [{ key: [text] }],
      text: `${words} ${text}`,
    };
  }
  const negated = tokens.take('!=');
  if (!negated) tokens.take('==');
  const of = valuesOf(tokens);
  if (of === undefined) return undefined;
  const told = typeof of === 'string' ? of : of.map(({ key }) => key.join(' . ')).join(', ');
  const text = `${words} ${negated ? '!= ' : ''}${told}`;
  return { kind: 'match', selectors: asked, negated, of, text };
}

/** `10/second`, `over 1 mbytes/second burst 5 packets`. */
function limitOf(tokens: Tokens): Statement {
  const words = ['limit rate'];
  while (tokens.peek() !== undefined && !words.at(-1)?.includes('/')) words.push(tokens.next());
  if (tokens.take('burst')) words.push('burst', tokens.next(), tokens.next());
  return { kind: 'unclear', text: words.join(' ') };
}

function selectorOf(tokens: Tokens): string | undefined {
  if (tokens.token?.isQuoted) return undefined;
  const first = tokens.peek() ?? '';
  if (ofMeta.has(first)) return `meta ${tokens.next()}`;
  if (!families.has(first)) return undefined;
  if (tokens.take('fib', 'daddr', 'type')) return 'fib daddr type';
  // What is changed, or taken out of options and headers, has a grammar of its own.
  if (['fib', 'osf', 'rt', 'socket'].includes(first) || tokens.peek(1) === 'option') return undefined;
  if (tokens.peek(2) === 'set') return undefined;
  if (tokens.take('tcp', 'flags')) return flagsOf(tokens);
  return `${tokens.next()} ${tokens.next()}`;
}

/** `tcp flags syn / fin,syn,rst,ack` and `tcp flags & (fin | syn | rst | ack) == syn` ask for a new connection. */
function flagsOf(tokens: Tokens): string {
  if (!tokens.take('&')) return 'tcp flags';
  const isGroup = tokens.take('(');
  const mask: string[] = [];
  while (tokens.peek() !== undefined && !['==', '!=', ')'].includes(tokens.peek() ?? ''))
    mask.push(tokens.next());
  if (isGroup) tokens.take(')');
  return `tcp flags & ${mask.filter((one) => one !== '|').join(',')}`;
}

/** A value, several with commas, a set in braces or by its name. */
function valuesOf(tokens: Tokens): Element[] | string | undefined {
  const { text = '', isQuoted = false } = tokens.token ?? {};
  if (text === '{' && !isQuoted) return elementsOf(tokens.group());
  if (text.startsWith('@') && !isQuoted) return tokens.next();
  if (text === '' || (/^[<>&|()^!=,;]/.test(text) && !isQuoted)) return undefined;
  const values: Element[] = [];
  do {
    const key = [tokens.next()];
    while (tokens.take('.')) key.push(tokens.next());
    values.push({ key });
  } while (tokens.take(','));
  if (tokens.take('/')) {
    const mask = [tokens.next()];
    while (tokens.take(',')) mask.push(tokens.next());
    return values.map(({ key }) => ({ key: [`${key[0]} / ${mask.join(',')}`] }));
  }
  // Sums of bits go on.
  return ['&', '|', '^', '<<', '>>', 'and', 'or', 'xor'].includes(tokens.peek() ?? '') ? undefined : values;
}

/** A rule whose words are not known from here on: what it does at its end, it does for whoever it is about. */
function unknown(rest: readonly Token[]): Statement[] {
  const text = inWords(rest);
  const unclear: Statement = { kind: 'unclear', text };
  const last = rest.findLastIndex(({ text: word, isQuoted }) => !isQuoted && isVerdict(word));
  if (rest.some(({ text: word }) => word === 'vmap'))
    return [unclear, { kind: 'verdict', verdict: { kind: 'unknown', why: text } }];
  if (last === -1)
    return changesDestination(text) ? [{ kind: 'verdict', verdict: { kind: 'unknown', why: text } }] : [];
  return [unclear, { kind: 'verdict', verdict: verdictOf(new Tokens(rest.slice(last))) }];
}

function changesDestination(text: string): boolean {
  return /\b(daddr|dport) set\b|\bxt target\b/.test(text);
}
