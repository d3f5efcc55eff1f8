import { type Account, type StackName, stacks } from '../evidence/vocabulary.js';
import { authenticationSchemes, type SiteInput } from '../site/schema.js';
import { type Maker, type Making, onServers } from './maker.js';
import { accountsOf, hostsOf, portOf } from './places.js';

type ProxyRuleInput = NonNullable<NonNullable<SiteInput['proxy']>['rules']>[number];

/** Before all its other rules. False where there is no proxy. */
function withRules({ site }: Making, ...rules: ProxyRuleInput[]): boolean {
  if (!site.proxy) return false;
  site.proxy.rules = [...rules, ...(site.proxy.rules ?? [])];
  return true;
}

const asks: Maker = (making) => {
  const { site, cause } = making;
  if (!site.proxy) return false;
  const words = (cause.seen ?? '').toLowerCase();
  const schemes = authenticationSchemes.filter((scheme) => words.includes(scheme));
  site.proxy.authentication = schemes.length > 0 ? schemes : 'basic';
  const hosts = hostsOf(cause.scope) ?? 'any';
  const accounts = accountsOf(cause.scope);
  return withRules(
    making,
    ...(accounts ?? [undefined]).map(
      (account) => ({ ask: hosts, ...(account && { account: account as Account }) }) as ProxyRuleInput,
    ),
  );
};

const refuses: Maker = (making) => {
  const { site, cause } = making;
  const hosts = hostsOf(cause.scope) ?? 'any';
  const port = portOf(cause.scope);
  if (site.proxy && cause.seen?.includes('a page of its own')) site.proxy['refuses-with'] = 'page';
  const accounts = accountsOf(cause.scope);
  return withRules(
    making,
    ...(accounts ?? [undefined]).map(
      (account) =>
        ({
          deny: hosts,
          ...(port !== undefined && { port }),
          ...(account && { account: account as Account }),
        }) as ProxyRuleInput,
    ),
  );
};

function told(making: Making, text: string): true {
  const { stack } = making.cause.scope;
  const tried = new Set(making.of.map((one) => one.stack));
  const isWide = Object.keys(making.cause.scope).length === 0;
  const of: readonly StackName[] = stacks.filter((one) =>
    stack === undefined ? isWide || tried.has(one) : one === stack,
  );
  return onServers(making, (server) => {
    server['proxy-settings'] = {
      // What an earlier cause has told a stack stays.
      ...Object.fromEntries(of.map((one) => [one, { pac: text }])),
      ...server['proxy-settings'],
    };
  });
}

/** Stacks are told of a proxy that is not there; a firewall of the server stops some accounts at the real one. */
const unreachable: Maker = (making) => {
  const accounts = accountsOf(making.cause.scope);
  const via = making.of.find((one) => one.via !== undefined)?.via ?? 'nobody.contoso.test:8080';
  if (accounts === undefined) {
    const place = via.includes(':') ? via : `${via}:8080`;
    const gone = making.site.proxy?.address === place ? 'nobody.contoso.test:8080' : place;
    return told(making, `function FindProxyForURL(url, host) { return "PROXY ${gone}"; }`);
  }
  return onServers(making, (server) => {
    const rules = accounts.map((account) => ({
      ...{ reject: '198.18.0.0/15', port: 'any' as const, account: account as Account },
    }));
    server['host-firewall'] = { rules: [...rules, ...(server['host-firewall']?.rules ?? [])] };
  });
};

/** The edge lets out nothing but the proxy; a file sends some hosts past it. */
const goesPast: Maker = (making) => {
  const { site, cause } = making;
  if (!site.proxy) return false;
  const hosts = hostsOf(cause.scope);
  if (hosts === undefined) return told(making, 'function FindProxyForURL(url, host) { return "DIRECT"; }');
  const isOne = hosts.map((host) =>
    host.startsWith('*.') ? `dnsDomainIs(host, "${host.slice(1)}")` : `host == "${host}"`,
  );
  const inside = 'isPlainHostName(host) || dnsDomainIs(host, ".contoso.test")';
  const otherwise = `${inside} ? "DIRECT" : "PROXY ${site.proxy.address}"`;
  return told(
    making,
    `function FindProxyForURL(url, host) { return ${isOne.join(' || ')} ? "DIRECT" : ${otherwise}; }`,
  );
};

export const ofProxy: Readonly<Record<string, Maker>> = {
  'proxy/authentication': asks,
  'proxy/refuses': refuses,
  'proxy/unreachable': unreachable,
  'proxy/goes-past': goesPast,
};
