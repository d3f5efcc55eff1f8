import { describe, expect, it } from 'vitest';
import { type AddressRange, rangeOf } from '../site/address-range.js';
import type { Rule } from '../site/schema.js';
import { ByHosts, firstCovering } from './by-hosts.js';
import { ByPlace, blocksAcross, blocksOf, domainsOf, placesOfName, placesOfText } from './by-place.js';
import { compiledRule } from './compiled.js';
import { placesOfEntry } from './match-host.js';

const range = (text: string): AddressRange => {
  const found = rangeOf(text);
  if (!found) throw new Error(text);
  return found;
};

describe('where something is looked for', () => {
  it.each<[string, string[]]>([
    ['198.18.64.1', ['198.18.64.', '198.18.']],
    ['198.18.64.0/24', ['198.18.64.', '198.18.']],
    ['198.18.64.0-198.18.65.9', ['198.18.']],
    ['198.18.0.0/16', ['198.18.']],
    ['198.18.0.0/15', []],
    ['2603:1000::1', ['38.3.16.0.0.0.0.0.', '38.3.16.0.']],
    ['2603:1000::/32', ['38.3.16.0.']],
    ['2603::/16', []],
  ])('the range %s lies in %j', (text, blocks) => {
    expect(blocksOf(range(text))).toEqual(blocks);
  });

  it.each<[string, string[] | undefined]>([
    ['198.18.64.0/24', ['198.18.64.']],
    ['198.18.0.0/16', ['198.18.']],
    ['198.18.0.0/15', ['198.18.', '198.19.']],
    ['198.255.0.0-199.1.0.9', ['198.255.', '199.0.', '199.1.']],
    ['2603::/16', undefined],
    ['128.0.0.0/1', undefined],
  ])('the range %s is found at %j', (text, blocks) => {
    expect(blocksAcross(range(text))).toEqual(blocks);
  });

  it('a network of 64 large blocks is found by them, one of 65 is everywhere', () => {
    expect(blocksAcross(range('10.0.0.0-10.63.255.255'))).toHaveLength(64);
    expect(blocksAcross(range('10.0.0.0-10.64.0.0'))).toBeUndefined();
  });

  it('a name is found at each domain above it, and by the letters in it where some entry has letters', () => {
    expect(domainsOf('a.b.test')).toEqual(['a.b.test', 'b.test', 'test']);
    expect(placesOfName('a.b.test', false)).toEqual(['a.b.test', 'b.test', 'test']);
    expect(placesOfName('ab.cd', true)).toEqual([
      ...['ab.cd', 'cd'],
      ...['~a', '~b', '~.', '~c', '~d', '~ab', '~b.', '~.c', '~cd', '~ab.', '~b.c', '~.cd'],
    ]);
    expect(placesOfText('abcd')).toEqual(['~abc', '~bcd']);
    expect(placesOfText('aaaa')).toEqual(['~aaa']);
    expect(placesOfText('ab')).toEqual(['~ab']);
    expect(placesOfText('')).toEqual([]);
  });

  it.each<[Rule, string[][] | undefined]>([
    [{ allow: 'any', port: 443 }, undefined],
    [{ allow: 'A.b.test', port: 443 }, [['a.b.test']]],
    [{ allow: '*.b.test', port: 443 }, [['b.test']]],
    [{ allow: 'b.test', port: 443, match: 'domain' }, [['b.test']]],
    [{ allow: '198.18.64.1', port: 443 }, [['198.18.64.']]],
    [{ allow: '198.18.0.0/15', port: 443 }, [['198.18.'], ['198.19.']]],
    [{ allow: '128.0.0.0/1', port: 443 }, undefined],
  ])('%j is found at %j', (rule, places) => {
    expect(compiledRule(rule).places).toEqual(places);
  });

  it.each<[string, string[] | undefined]>([
    ['any', undefined],
    ['A.b.test', ['a.b.test']],
    ['*.b.test', ['b.test']],
    // Lists of hosts compare an address as it is written.
    ['198.18.64.1', ['198.18.64.1']],
  ])('the entry %s of a list is found at %j', (entry, places) => {
    expect(placesOfEntry(entry)).toEqual(places);
  });
});

describe('of many entries', () => {
  const many = Array.from({ length: 40 }, (_, index) => `h${index}.test`);
  const asked = (list: readonly string[], host: string, end?: number) => {
    const seen: string[] = [];
    const byPlace = new ByPlace(list, (entry) => (entry === 'all' ? undefined : [[entry]]));
    const found = byPlace.first(
      () => domainsOf(host),
      (entry) => {
        seen.push(entry);
        return true;
      },
      end,
    );
    return { found, seen };
  };

  it('only those are asked that are about the same, and the first of them is found', () => {
    expect(asked(many, 'h7.test')).toEqual({ found: { entry: 'h7.test', index: 7 }, seen: ['h7.test'] });
    expect(asked([...many, 'h7.test', 'a.h7.test'], 'a.h7.test').found).toEqual({
      entry: 'h7.test',
      index: 7,
    });
    expect(asked(many, 'x.test')).toEqual({ found: undefined, seen: [] });
  });

  it('one that is about everything is asked, too, and is found where it stands before', () => {
    expect(asked(['all', ...many], 'h7.test').found).toEqual({ entry: 'all', index: 0 });
    expect(asked([...many, 'all'], 'h7.test').found).toEqual({ entry: 'h7.test', index: 7 });
    expect(asked([...many, 'all'], 'x.test').found).toEqual({ entry: 'all', index: 40 });
  });

  it('those behind an end are not found', () => {
    expect(asked(many, 'h7.test', 7).found).toBeUndefined();
    expect(asked(many, 'h7.test', 8).found).toEqual({ entry: 'h7.test', index: 7 });
    expect(asked(['all'], 'h7.test', 0).found).toBeUndefined();
  });

  it('a few are asked one after the other', () => {
    expect(asked(many.slice(0, 24), 'h7.test').seen).toEqual(['h0.test']);
    expect(asked(many.slice(0, 25), 'h7.test').seen).toEqual(['h7.test']);
  });

  it('one of several places is enough, and it is the one that fewest have', () => {
    const list = [...many.map((name) => [name, 'often']), ['seldom', 'often']];
    const seen: string[][] = [];
    const byPlace = new ByPlace(list, (entry) => [entry]);
    const first = (place: string) =>
      byPlace.first(
        () => [place],
        (entry) => {
          seen.push(entry);
          return true;
        },
      )?.index;
    expect(first('often')).toBeUndefined();
    expect(first('seldom')).toBe(40);
    expect(seen).toEqual([['seldom', 'often']]);
  });

  it('places of letters are asked for only where some entry has them', () => {
    const letters: boolean[] = [];
    const ask = (list: readonly string[]) =>
      new ByPlace(list, (entry) => [[entry]]).first(
        (some) => {
          letters.push(some);
          return [];
        },
        () => true,
      );
    ask(many);
    ask([...many, '~ab']);
    expect(letters).toEqual([false, true]);
  });

  it('of lists of hosts the first that covers a host is found, of those without hosts any', () => {
    const lists = [...many.map((host) => [host]), ['x.test', '*.Y.test'], undefined];
    const byHosts = new ByHosts(lists, (hosts) => hosts);
    const found = (host: string) => byHosts.first(host, () => true)?.index;
    expect([found('H7.test'), found('x.test'), found('a.y.test.'), found('z.test')]).toEqual([7, 40, 40, 41]);
    expect(byHosts.first('h7.test', (hosts) => hosts === undefined)?.index).toBe(41);
    expect(firstCovering(many, 'h8.test', (one) => one)).toBe('h8.test');
    expect(firstCovering(many, 'z.test', (one) => one)).toBeUndefined();
    expect(firstCovering([...many, 'any'], 'z.test', (one) => one)).toBe('any');
  });
});
