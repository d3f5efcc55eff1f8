import { expect, it } from 'vitest';
import { documentedInternet } from '../path/testing/flows.js';
import { Walker } from '../path/walk.js';
import { completeSite } from '../site/complete.js';
import { documentedSite } from '../site/documented.js';
import type { SiteInput } from '../site/schema.js';
import { cure } from './cure.js';
import { staysClosed } from './stays-closed.js';

const internet = documentedInternet();
const siteOf = (input: Omit<SiteInput, 'site'>) => completeSite({ site: 'Closed', ...input });
const open = siteOf({ firewall: { default: 'allow', rules: [] } });

it('names a flow that no row of the page asks for, and the device that stops it before and after', () => {
  const before = siteOf({ firewall: { default: 'drop', rules: [] } });
  const { site: after } = cure(before, internet);
  const found = staysClosed(before, after, internet);
  if (!found) throw new Error('nothing stays closed');
  const { flow, by } = found;
  expect([by.device, by.rule]).toEqual(['edge-firewall', 'default drop']);
  // What it says is so, and nobody documented it: everything documented is open by now.
  for (const site of [before, after]) expect(new Walker(site, internet).walk(flow).stops).not.toEqual([]);
  expect(internet.hosts.map(({ name }) => name)).toContain(flow.host);
  const { stops } = new Walker(documentedSite(), internet).walk(flow);
  expect(stops.map(({ device }) => device)).toContain('edge-firewall');
});

it('is silent where the site lets everything out, before the change or after it', () => {
  const closed = siteOf({ firewall: { default: 'drop', rules: [] } });
  expect(staysClosed(open, open, internet)).toBeUndefined();
  expect(staysClosed(closed, open, internet)).toBeUndefined();
  expect(staysClosed(open, closed, internet)).toBeUndefined();
});

it.each([
  [
    'host-firewall',
    {
      servers: [
        { name: 's', 'host-firewall': { default: 'drop' as const, rules: [{ allow: 'documented' }] } },
      ],
    },
  ],
  [
    'proxy',
    { proxy: { address: 'p.contoso.test:8080', default: 'deny' as const, rules: [{ allow: 'documented' }] } },
  ],
])('looks at the %s as well', (device, part) => {
  const site = siteOf({ firewall: { default: 'allow', rules: [] }, ...part });
  expect(staysClosed(site, site, internet)?.by.device).toBe(device);
});

it('says nothing of a documented host that stays closed', () => {
  const rules = [{ deny: 'login.windows.net', port: 443 }];
  const site = siteOf({ firewall: { default: 'allow', rules } });
  expect(staysClosed(site, site, internet)).toBeUndefined();
});

it('takes no fault of others for a closed device: names that do not exist, hosts where nobody listens', () => {
  const faults = [{ name: 'any', answer: 'nxdomain' as const }];
  const site = siteOf({ firewall: { default: 'allow', rules: [] }, resolver: { faults } });
  expect(staysClosed(site, site, internet)).toBeUndefined();
});
