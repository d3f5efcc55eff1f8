import { expect, it } from 'vitest';
import { documentedHosts } from '../requirements/documented-hosts.js';
import { completeSite } from './complete.js';
import { documentedFirewall } from './documented-firewall.js';
import { placeOfRow } from './documented-rows.js';
import { siteSchema } from './schema.js';

const rows = documentedHosts('public');

it('puts the rows of the page in the place of the word, with their ports', () => {
  const { firewall } = completeSite({
    site: 'As documented, but',
    firewall: {
      rules: [
        { deny: 'ocsp.digicert.com', port: 80 },
        { allow: 'documented', from: 'app-proxy-01' },
        { allow: 'any', port: 8080 },
      ],
    },
  });
  expect(firewall.rules).toHaveLength(rows.length + 2);
  const plain = firewall.rules.slice(1, -1).map(({ allow, port, from }) => ({ allow, port, from }));
  expect(plain).toEqual(
    documentedFirewall('public').rules.map(({ allow, port }) => ({ allow, port, from: 'app-proxy-01' })),
  );
  expect(firewall.rules[1]?.name).toBe('allow *.msappproxy.net port 443 from app-proxy-01 (documented)');
});

it('takes the rows of the ports that the rule names, and the name that it has', () => {
  const { servers } = completeSite({
    site: 'Port 80 forgotten',
    servers: [
      {
        name: 'app-proxy-01',
        'host-firewall': { default: 'drop', rules: [{ allow: 'documented', port: 443, name: 'the page' }] },
      },
    ],
  });
  const rules = servers[0]?.['host-firewall'].rules ?? [];
  expect(rules.map(({ allow, port }) => [allow, port])).toEqual(
    rows.filter(({ port }) => port === 443).map(({ rule, port }) => [rule, port]),
  );
  expect(rules[0]?.name).toMatch(/^the page: .+ port 443 \(documented\)$/);
});

it("takes the rows of the site's own cloud, in lists of hosts too", () => {
  const hosts = [...new Set(documentedHosts('us-government').map(({ rule }) => rule))];
  const { proxy, inspection } = completeSite({
    site: 'Government',
    cloud: { environment: 'us-government' },
    proxy: {
      address: 'proxy.contoso.test:8080',
      authentication: 'basic',
      rules: [{ ask: 'any', except: ['documented'] }, { allow: ['a.test', 'documented', 'b.test'] }],
    },
    inspection: { except: ['documented'] },
  });
  const rows = documentedHosts('us-government').map(({ rule, port }) => [rule, port]);
  const allowed = proxy?.rules.slice(1).map(({ allow, port }) => [allow, port]);
  expect(allowed).toEqual([['a.test', 'any'], ...rows, ['b.test', 'any']]);
  expect(proxy?.rules[0]?.except).toEqual(hosts);
  expect(inspection?.except).toEqual(hosts);
});

it('knows of a rule whether it came so, and with which others; and the site can be read again', () => {
  const site = completeSite({
    site: 'Two blocks',
    firewall: {
      rules: [
        { allow: 'documented', account: 'network-service' },
        { allow: 'documented', account: 'local-system', name: 'for the updater' },
        { allow: '*.msappproxy.net', port: 443 },
      ],
    },
  });
  const places = site.firewall.rules.map(placeOfRow);
  expect(new Set(places).size).toBe(3);
  expect(places.filter((one) => one === places[0])).toHaveLength(rows.length);
  expect(places.at(-1)).toBeUndefined();
  expect(siteSchema.safeParse({ site: 'x', firewall: site.firewall }).success).toBe(true);
});
