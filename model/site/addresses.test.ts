import { describe, expect, it } from 'vitest';
import { siteAddresses } from './addresses.js';
import { documentedSite } from './documented.js';
import type { SiteInput } from './schema.js';

const application = (name: string, zone = 'a.test') => ({
  name,
  external: `https://${name}.msappproxy.net/`,
  internal: `http://${name}.${zone}/`,
});
const addressesOf = (input: Partial<SiteInput>) => [
  ...siteAddresses(documentedSite(input)).applications.values(),
];

describe('applications have addresses', () => {
  it('where no zone says one: from .10 on', () => {
    expect(addressesOf({ applications: ['a', 'b'].map((name) => application(name)) })).toEqual([
      '198.18.130.10',
      '198.18.130.11',
    ]);
  });

  it('in their zone’s network, however small', () => {
    const zones = { 'a.test': '198.18.131.8/29', 'b.test': '198.18.132.0/24' };
    const applications = [application('a'), application('b', 'b.test'), application('c')];
    expect(addressesOf({ resolver: { zones }, applications })).toEqual([
      '198.18.131.10',
      '198.18.132.10',
      '198.18.131.11',
    ]);
  });

  it('that no other name of the site has', () => {
    const zones = { 'A.test': '198.18.130.0/24', 'files.a.test': '198.18.130.10' };
    expect(addressesOf({ resolver: { zones }, applications: [application('a')] })).toEqual(['198.18.130.11']);
  });

  it('in a larger network, from its beginning', () => {
    const names = Array.from({ length: 90 }, (_, index) => `a${index}`);
    const zones = { 'a.test': '198.18.140.192/23' };
    const applications = names.map((name) => application(name));
    const found = addressesOf({ resolver: { zones }, applications });
    expect(new Set(found).size).toBe(90);
    expect(found.at(-1)).toBe('198.18.140.99');
  });

  it('of their own: not those of machines, resources or another network within', () => {
    const zones = { 'a.test': '198.18.1.0/24', 'b.test': '198.18.1.0/26', 'c.test': '198.18.1.12' };
    const applications = [application('a'), application('b', 'b.test'), application('c', 'c.test')];
    expect(addressesOf({ resolver: { zones }, applications })).toEqual([
      '198.18.1.11',
      '198.18.1.13',
      '198.18.1.12',
    ]);
  });

  it('or the site is refused', () => {
    const zones = { 'a.test': '198.18.131.8/30' };
    const applications = ['a', 'b'].map((name) => application(name));
    expect(() => addressesOf({ resolver: { zones }, applications })).toThrow(
      'there is no address left for "b.a.test" in 198.18.131.8/30',
    );
  });
});
