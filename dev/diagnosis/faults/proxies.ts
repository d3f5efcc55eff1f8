import type { SiteInput } from '../../../model/site/schema.js';
import { type Fault, proxied, row, servers, service, servicebus } from './fault.js';

type ProxyRuleInput = NonNullable<NonNullable<SiteInput['proxy']>['rules']>[number];

const proxy = (site: SiteInput, ...rules: ProxyRuleInput[]) => {
  if (site.proxy) site.proxy.rules = [...rules, ...(site.proxy.rules ?? [])];
};
const setting =
  (stack: 'service' | 'system' | 'tunnel' | 'updater' | 'browser', told: 'direct' | { pac: string }) =>
  (site: SiteInput) =>
    servers(site, (server) => {
      server['proxy-settings'] = { ...server['proxy-settings'], [stack]: told };
    });
const pac = (lines: string) => `function FindProxyForURL(url, host) { ${lines} }`;

/** Of the proxy, and of how stacks find it. */
export const ofProxies: readonly Fault[] = [
  {
    id: 'proxy-asks-basic',
    device: 'proxy',
    truth: proxied({ rule: 'proxy/authentication' }),
    make: (site) => {
      if (site.proxy) site.proxy.authentication = 'basic';
    },
  },
  {
    id: 'proxy-asks-services',
    device: 'proxy',
    truth: proxied({ rule: 'proxy/authentication' }),
    make: (site) => {
      if (site.proxy) site.proxy.authentication = ['negotiate', 'ntlm'];
      proxy(site, { allow: 'any', account: 'administrator' }, { ask: 'any' });
    },
  },
  {
    id: 'proxy-refuses-servicebus',
    device: 'proxy',
    truth: proxied({ rule: 'proxy/refuses', row: servicebus }),
    make: (site) => proxy(site, { deny: '*.servicebus.windows.net' }),
  },
  {
    id: 'proxy-page-for-policy-key',
    device: 'proxy',
    truth: proxied({ rule: 'proxy/refuses', row: row('policykeyservice.dc.ad.msft.net') }),
    make: (site) => {
      if (site.proxy) site.proxy['refuses-with'] = 'page';
      proxy(site, { deny: 'policykeyservice.dc.ad.msft.net' });
    },
  },
  {
    id: 'proxy-not-for-port-80',
    device: 'proxy',
    truth: proxied({ rule: 'proxy/refuses', port: 80 }),
    make: (site) => proxy(site, { deny: 'any', method: 'plain' }),
  },
  {
    id: 'service-told-dead-proxy',
    device: 'pac',
    truth: proxied({ rule: 'proxy/unreachable' }),
    make: setting('service', { pac: pac('return "PROXY old-proxy.contoso.test:8080";') }),
  },
  {
    id: 'pac-sends-service-direct',
    device: 'pac',
    truth: proxied({ rule: 'proxy/goes-past', row: service }),
    make: setting('service', {
      pac: pac(
        'return dnsDomainIs(host, ".msappproxy.net") ? "DIRECT" : host.indexOf("contoso.test") > 0 ? "DIRECT" : "PROXY proxy.contoso.test:8080; PROXY proxy.branch.contoso.test:3128";',
      ),
    }),
  },
  {
    id: 'system-goes-direct',
    device: 'proxy-settings',
    truth: proxied({ rule: 'proxy/goes-past' }),
    make: setting('system', 'direct'),
  },
  {
    id: 'tunnel-goes-direct',
    device: 'proxy-settings',
    truth: proxied({ rule: 'proxy/goes-past' }),
    make: setting('tunnel', 'direct'),
  },
];
