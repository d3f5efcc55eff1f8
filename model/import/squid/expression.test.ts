import fc from 'fast-check';
import { expect, it } from 'vitest';
import { covers } from '../../policy/match-host.js';
import { expressionOf } from './expression.js';

it.each([
  ['^(login|www)\\.', ['login.*', 'www.*']],
  ['(login|sts)\\.windows\\.net$', [ends('login.windows.net'), ends('sts.windows.net')]],
  ['^.+\\.windows\\.net$', ['*.windows.net']],
  ['^https?\\.x\\.test$', ['https.x.test', 'http.x.test']],
  ['[.]x[.]test$', ['*.x.test']],
  ['.*', ['any']],
  ['WWW|login', ['*login*']],
])('takes of %s what a list of hosts says, and no others', (pattern, hosts) => {
  expect(expressionOf(pattern, false)).toEqual({ hosts, perhaps: [] });
});

it.each([
  ['.windows.net$', ['*.windows.net'], ['*windows*net']],
  ['^[a-z]+\\.windows\\.net$', [], ['*.windows.net']],
  ['(a|b+)\\.test$', [ends('a.test'), ends('b.test')], [{ host: '*b*.test', match: 'wildcard' }]],
  ['login|\\bsts', ['*login*'], [{ host: '*sts*', match: 'wildcard' }]],
  ['[0-9]', [], 'any'],
  ['(login', [], 'any'],
  ['a{2', [], 'any'],
  [`(${'a|'.repeat(40)}b)`, [], 'any'],
  [`${'a?'.repeat(40)}`, [], 'any'],
  [`${'('.repeat(99)}a${')'.repeat(99)}`, [], 'any'],
])('takes of %s some hosts, perhaps some others, and none of the rest', (pattern, hosts, perhaps) => {
  const read = expressionOf(pattern, false);
  const plain = (all: unknown) => (Array.isArray(all) ? all.map((one) => textOf(one)) : all);
  expect([plain(read.hosts), plain(read.perhaps)]).toEqual([plain(hosts), plain(perhaps)]);
});

function ends(host: string) {
  return { host, match: 'ends-with' as const };
}

function textOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'host' in entry ? entry.host : entry;
}

const atom = fc.constantFrom(
  ...[
    'a',
    'b',
    'x',
    'net',
    'A',
    '\\.',
    '\\.',
    '.',
    '[ab]',
    '[^.]',
    '[a-z]',
    '[[:alpha:]]',
    '(a|net)',
    '(a|)',
  ],
);
const repetition = fc.constantFrom('', '', '', '?', '*', '+', '{2}', '{0,1}');
const branch = fc
  .tuple(
    fc.constantFrom('', '^'),
    fc.array(fc.tuple(atom, repetition), { minLength: 1, maxLength: 5 }),
    fc.constantFrom('', '$'),
  )
  .map(([begin, parts, end]) => `${begin}${parts.map(([one, often]) => `${one}${often}`).join('')}${end}`);
const pattern = fc.array(branch, { minLength: 1, maxLength: 3 }).map((all) => all.join('|'));
const label = fc.constantFrom('a', 'b', 'x', 'ab', 'net', 'anet', 'x-a');
const host = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));

it('says of every name what the expression says, or that nobody knows', () => {
  let [told, all] = [0, 0];
  fc.assert(
    fc.property(
      pattern,
      fc.boolean(),
      fc.array(host, { minLength: 8, maxLength: 8 }),
      (text, ignores, names) => {
        const { hosts, perhaps } = expressionOf(text, ignores);
        // What is drawn means the same in JavaScript, but for classes of POSIX.
        const judge = new RegExp(text.replaceAll('[[:alpha:]]', '[a-z]'), ignores ? 'i' : '');
        for (const name of names) {
          all++;
          const takes = hosts.some((one) => one === 'any' || covers(one, name));
          const may = perhaps === 'any' || perhaps.some((one) => covers(one, name));
          if (takes) expect(judge.test(name), `${text} takes ${name}`).toBe(true);
          else if (!may) expect(judge.test(name), `${text} takes no ${name}`).toBe(false);
          if (takes || !may) told++;
        }
      },
    ),
    { seed: 7, numRuns: 1500 },
  );
  expect(told / all).toBeGreaterThan(0.3);
});
