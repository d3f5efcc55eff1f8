import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { expressionsIn, expressionsOf } from './collect.js';
import { slowness } from './prove.js';
import proved from './proved.json' with { type: 'json' };

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Proofs take a second each: `npm run regular-expressions -- --new` writes them down. */
const mostNew = 20;

it('every regular expression of the product takes linear time, whatever the text', async () => {
  const all = await expressionsOf(root);
  expect(all.length).toBeGreaterThan(300);
  const known = new Set<string>(proved);
  const fresh = new Map(all.filter(({ text }) => !known.has(text)).map((one) => [one.text, one]));
  expect([...fresh.keys()].length, 'npm run regular-expressions -- --new').toBeLessThanOrEqual(mostNew);
  const slow: string[] = [];
  for (const { place, text, source, flags } of fresh.values()) {
    const why = await slowness(source, flags);
    if (why !== undefined) slow.push(`${place} ${text}: ${why}`);
  }
  expect(slow).toEqual([]);
});

describe('the tool', () => {
  it.each(['^(a+)+$', 'a+$', 'priority (.+?)$', '\\s+x'])('finds %s slow', async (source) => {
    expect(await slowness(source, '')).toMatch(/polynomial|exponential/);
  });

  it('finds a run that is tied to the beginning linear', async () => {
    expect(await slowness('^a+$', '')).toBeUndefined();
  });
});

describe('expressions of a source', () => {
  const put = (name: string) => `\${${name}}`;
  const found = (text: string) => expressionsIn('some.ts', text).map((one) => one.text);

  it('are its literals, and what is given to RegExp', () => {
    const text = [
      'const end = String.raw`\\.(a|b)$`;',
      `const all = [/x\\/y/gi, new RegExp(\`^${put('end')}\`, 'm'), RegExp(isWhole ? '^c$' : 'c')];`,
    ];
    expect(found(text.join('\n'))).toEqual(['/x\\/y/gi', '/^\\.(a|b)$/m', '/^c$/', '/c/']);
  });

  it('are refused, where nobody knows what they are made of', () => {
    expect(() => found(`new RegExp(\`^${put('name')}\`)`)).toThrow('some.ts: what `name` stands for');
  });
});
