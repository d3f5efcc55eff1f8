import fc from 'fast-check';
import { expect, it } from 'vitest';
import { methodTo } from '../path/proxy-hop.js';
import { edge } from '../path/testing/firewalls.js';
import { documentedInternet } from '../path/testing/flows.js';
import { accounts, rows, servers } from '../path/testing/hosts.js';
import { proxy } from '../path/testing/proxies.js';
import { hostPolicy } from '../path/testing/rules.js';
import { seed } from '../path/testing/sites.js';
import { decideAtEdge } from '../policy/decide-by-name.js';
import { matchesHost } from '../policy/match-host.js';
import { decideProxy } from '../policy/proxy.js';
import { completeSite } from '../site/complete.js';
import { edgeFirewalls } from '../site/edge-firewalls.js';
import { proxiesOf } from '../site/proxies.js';
import type { SiteInput } from '../site/schema.js';
import { cure } from './cure.js';

const internet = documentedInternet();
const address = 'proxy.contoso.test:8080';
const siteOf = (part: Partial<SiteInput>) =>
  completeSite({
    site: 'Proxy',
    servers: servers.map((name) => ({ name })),
    firewall: { default: 'allow' },
    ...part,
  });

/** Names that the page asks for and others beside and above them, as a client could ask for them. */
const hosts = [
  ...new Set(
    rows.flatMap(({ example, rule }) => [
      example.replace('<tenant>', 'contoso'),
      rule.replace('*', 'deep.below'),
      rule.replace('*.', ''),
      rule.replace('*.', 'evil'),
    ]),
  ),
  ...['a.contoso.test', 'www.windows.com', 'anything.digicert.com', 'a.azure.com'],
];
const asked = hosts.flatMap((host) =>
  [80, 443, 8080].flatMap((port) =>
    (['connect', 'plain'] as const).flatMap((method) =>
      [...accounts.slice(0, 2)].map((account) => ({ host, port, method, account, machine: 'app-proxy-01' })),
    ),
  ),
);
const isDocumented = ({ host, port, method }: (typeof asked)[number]) =>
  method === methodTo(port) &&
  rows.some((row) => row.port === port && matchesHost(row.rule, row.match, host));

it('what cures a proxy opens the documented rows in it and nothing else', () => {
  let opened = 0;
  fc.assert(
    fc.property(proxy, (drawn) => {
      const site = siteOf({ proxy: { address, ...drawn } });
      const { site: after, incurable } = cure(site, internet);
      expect(incurable).toEqual([]);
      const cured = proxiesOf(after);
      for (const [index, { settings }] of proxiesOf(site).entries())
        for (const request of asked) {
          const [was, is] = [settings, cured[index]?.settings ?? settings].map((one) =>
            decideProxy(one, request, false),
          );
          if (was?.rule === is?.rule) continue;
          opened++;
          expect([is?.action, isDocumented(request)], JSON.stringify({ request, was, is, drawn })).toEqual([
            'allow',
            true,
          ]);
        }
    }),
    { seed, numRuns: 40 },
  );
  expect(opened).toBeGreaterThan(1000);
});

it('what cures firewalls opens the documented rows in them and nothing else', () => {
  const drawn = fc.record({ edge, own: hostPolicy });
  const seen = { opened: 0, closed: 0 };
  fc.assert(
    fc.property(drawn, ({ edge: at, own }) => {
      const site = completeSite({
        ...{ site: 'Firewalls', ...at },
        servers: servers.map((name) => ({ name, 'host-firewall': own })),
      });
      const { requests, site: after, incurable } = cure(site, internet);
      expect(incurable).toEqual([]);
      // One that learns names anew knows more hosts, by the rules that it has.
      if (requests.some(({ kind }) => kind === 'learn-names')) return;
      const firewalls = (one: typeof site) => [
        ...edgeFirewalls(one),
        ...one.servers.map((server) => ({ ...server['host-firewall'], 'names-from': 'dns' as const })),
      ];
      const cured = firewalls(after);
      for (const [index, firewall] of firewalls(site).entries())
        for (const { host, port, account } of asked) {
          const known = internet.find(host);
          const flow = {
            ...{ machine: 'app-proxy-01', account, host, port, address: known?.address ?? '198.18.250.1' },
            names: [host, ...(known?.chain ?? [])],
          };
          const [was, is] = [firewall, cured[index] ?? firewall].map((one) => decideAtEdge(one, flow));
          if (was?.action === 'allow' || is?.action !== 'allow') {
            if (is?.action !== 'allow') seen.closed++;
            continue;
          }
          seen.opened++;
          const isOfPage = rows.some((row) => row.port === port && matchesHost(row.rule, row.match, host));
          expect(isOfPage, JSON.stringify({ flow, was, is, drawn: at, own })).toBe(true);
        }
    }),
    { seed, numRuns: 40 },
  );
  expect(Math.min(seen.opened, seen.closed)).toBeGreaterThan(1000);
});

it('a pattern that is denied stays so but for the rows of the page below it', () => {
  const rules = [{ deny: '*.microsoft.com' }, { deny: 'any', port: '1-442' }, { allow: 'documented' }];
  const { requests, site } = cure(siteOf({ proxy: { address, rules, default: 'deny' } }), internet);
  expect(requests.map(({ kind }) => kind)).toEqual(['pass-proxy']);
  const below = requests[0]?.targets.filter(({ host }) => host.endsWith('.microsoft.com')) ?? [];
  expect(site.proxy?.rules.slice(0, requests[0]?.targets.length).map(({ allow }) => allow)).toEqual(
    requests[0]?.targets.map(({ host }) => host),
  );
  expect(below.length).toBeGreaterThan(0);
  const rule = (host: string, port: number) =>
    site.proxy && decideProxy(site.proxy, { host, port, method: methodTo(port) }, false).rule;
  expect(rule('www.microsoft.com', 80)).toBe('allow www.microsoft.com port 80 method plain');
  expect(rule('crl.microsoft.com', 443)).toBe('deny *.microsoft.com');
  expect(rule('update.microsoft.com', 80)).toBe('deny *.microsoft.com');
  expect(rule('a.test', 80)).toBe('deny any port 1-442');
});
