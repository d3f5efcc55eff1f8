import { describe, expect, it } from 'vitest';
import { cloudServices } from '../../model/evidence/vocabulary.js';
import { documentedSite } from '../../model/site/documented.js';
import { mostApplications } from '../../model/site/schema.js';
import { serviceNames } from '../protocol/names.js';
import { cloudZone, HostDeclaredTwiceError } from './hosts.js';
import type { Service } from './service.js';
import { services } from './services.js';

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

describe('addresses stay what they are: ranges of service tags, sites and engines know them', () => {
  const addressesIn = (environment: 'public' | 'us-government') => {
    const site = documentedSite({ cloud: { environment } });
    const zone = new Map(cloudZone(site).map(({ name, address }) => [name, address]));
    return { names: serviceNames(site), at: (name = '') => zone.get(name) };
  };

  it('in the public cloud', () => {
    const { names, at } = addressesIn('public');
    expect([names.authority, names.policyKey, names.portal].map(at)).toEqual([
      '198.18.64.1',
      '198.18.64.4',
      '198.18.64.7',
    ]);
    expect(at(names.signInParts[0]?.host)).toBe('198.18.65.1');
    expect([names.namespaces[0]?.host, names.namespaces[0]?.gateways[0]].map(at)).toEqual([
      '198.18.66.1',
      '198.18.66.2',
    ]);
    expect([names.registration, names.bootstrap, names.tunnel, names.privateAccess].map(at)).toEqual([
      '198.18.67.1',
      '198.18.67.2',
      '198.18.67.5',
      '198.18.67.7',
    ]);
    expect([names.dataIn.nam[0], names.administration].map(at)).toEqual(['198.18.67.120', '198.18.67.200']);
    expect(at(names.directory)).toBe('198.18.68.1');
    expect(['crl3.digicert.com', names.rootList, names.pkiops].map(at)).toEqual([
      '198.18.69.1',
      '198.18.69.11',
      '198.18.69.12',
    ]);
  });

  it("in a government's, beside the public one's authority", () => {
    const { names, at } = addressesIn('us-government');
    expect([names.authority, 'login.microsoftonline.com', names.policyKey, names.portal].map(at)).toEqual([
      '198.18.64.1',
      '198.18.64.4',
      '198.18.64.7',
      '198.18.64.10',
    ]);
  });
});

describe('services', () => {
  it('are those of the vocabulary, each declared once', () => {
    expect(services.map(({ name }) => name).toSorted()).toEqual([...cloudServices].toSorted());
  });

  it('that declare the same host are refused', () => {
    const second: Service = {
      name: 'content',
      hosts: (names) => [{ name: names.bootstrap, block: 'content' }],
    };
    const start = () => cloudZone(documentedSite(), [...services, second]);
    expect(start).toThrow(HostDeclaredTwiceError);
    expect(start).toThrow(/\.bootstrap\.msappproxy\.net is a host of bootstrap and of content/);
  });
});
