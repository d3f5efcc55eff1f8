import { expect, it } from 'vitest';
import { openedOf, standsFor, standsForOthers } from './share-words.js';

const means = (shares: Record<string, number>) => ({
  ...{ ranges: [], unknown: [], shares, together: shares },
  list: 'the list of 2025-07-28',
});

it('says how much of a tag a rule is about, of the region before the whole service', () => {
  const shares = means({ ServiceBus: 0.5, 'ServiceBus.USGovVirginia': 0.128 });
  expect(standsFor(shares, '20.0.0.0/8', '198.18.66.1')).toBe(
    '198.18.66.1 stands for an address of ServiceBus.USGovVirginia that 20.0.0.0/8 has, as 12.8 % of them (the list of 2025-07-28)',
  );
  expect(standsForOthers(shares, '198.18.66.1')).toMatch(/^is about 12\.8 % of ServiceBus\.USGovVirginia /);
  expect(standsForOthers(shares, '198.18.66.200')).toMatch(/^is about 50 % of ServiceBus /);
});

it.each([
  [0, 'none'],
  [0.000_001, 'less than 0.01 %'],
  [0.0015, '0.15 %'],
  [0.472, '47.2 %'],
  [0.999_999, '99.99 %'],
])('calls a share of %d neither all nor nothing, where it is neither', (share, words) => {
  expect(openedOf(means({ AzureActiveDirectory: share }), '198.18.64.1')).toContain(`open ${words} (`);
});

it('says nothing of a share where there is none', () => {
  expect(openedOf(means({ AzureActiveDirectory: 1 }), '198.18.64.1')).toBeUndefined();
  expect(openedOf(means({ AzureActiveDirectory: 0.5 }), '198.18.65.1')).toBeUndefined();
  expect(standsFor(means({}), '20.0.0.0/8', '198.18.64.1')).toBe('198.18.64.1 is in 20.0.0.0/8');
});
