import { expect, it } from 'vitest';
import { documentedSite } from '../../model/site/documented.js';
import { mostApplications } from '../../model/site/schema.js';
import { cloudZone } from './hosts.js';

it('every name has an address of its own, with as many applications as a site may have', () => {
  const applications = Array.from({ length: mostApplications }, (_, index) => ({
    name: `a${index}`,
    external: `https://a${index}-contoso.msappproxy.net/`,
    internal: `http://a${index}.contoso.test/`,
  }));
  for (const fault of ['addresses-moved', 'nearer-region'] as const) {
    const faults = [{ fault, host: '*.msappproxy.net' }];
    for (const cloud of [{}, { faults }]) {
      const zone = cloudZone(documentedSite({ applications, cloud }));
      const addresses = zone.map(({ address }) => address);
      expect(new Set(addresses).size).toBe(zone.length);
      expect(addresses.filter((one) => Number(one.split('.')[3]) > 254)).toEqual([]);
    }
  }
});
