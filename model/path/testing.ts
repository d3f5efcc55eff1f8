import fc from 'fast-check';
import { accounts as builtIn, stacks } from '../evidence/vocabulary.js';
import { covers } from '../policy/match-host.js';
import { destinationOf } from '../policy/rule-name.js';
import { documentedHosts } from '../requirements/documented-hosts.js';
import { accountsOf } from '../site/accounts.js';
import { completeSite } from '../site/complete.js';
import { entryText, type HostEntry } from '../site/host-entry.js';
import { hostEntries } from '../site/host-lists.js';
import { matchKind, nameMatches } from '../site/match/index.js';
import { type ProxySetting, type Site, type SiteInput, wpadStates } from '../site/schema.js';
import { someList, someRealNetworks, someTags } from '../site/service-tags/testing.js';
import { withMeanings } from '../site/service-tags/with-meanings.js';
import type { WantedFlow } from './flow.js';
import { type Internet, internetOf } from './public-host.js';

/**
 * By which sites are drawn: the same in every run, so that a run that fails is about the change. Another
 * number in the environment's SEED draws others.
 */
export const seed = Number(process.env.SEED ?? 777);

const rows = documentedHosts('public');
const servers = ['app-proxy-01', 'app-proxy-02'];
const ownAccount = 'CONTOSO\\svc-connector$' as const;
const accounts = [...builtIn, ownAccount];
const ruleHosts = [...new Set(rows.map(({ rule }) => rule))];
/** What people write for hosts: the page's rows, wider and narrower ones, and other domains of alias chains. */
const pattern = fc.constantFrom(
  ...ruleHosts,
  ...[
    '*.windows.net',
    // Of these a name below is often more than one label away.
    ...['*.com', '*.net', '*.net', '*.msappproxy.net', '*.microsoft.com'],
    '*.digicert.com',
    '*.net',
    'msappproxy.net',
    '.servicebus.windows.net',
    '.login.windows.net',
    '*servicebus.windows.net',
    'c*.windows.net',
    '*.bootstrap.msappproxy.net',
  ],
  ...[
    'cwap-eur1-weur2.servicebus.windows.net',
    'login.microsoftonline.com',
    '*.cloudapp.net',
    '*.cloudapp.azure.com',
  ],
);
/** Domains of aliases, which only some firewalls know. */
const aliases = fc.constantFrom(
  '*.cloudapp.net',
  '*.cloudapp.azure.com',
  '*.azureedge.net',
  '*.msidentity.com',
);
const destination = fc.oneof(
  { weight: 5, arbitrary: pattern },
  { weight: 2, arbitrary: aliases },
  fc.constantFrom('any', 'documented'),
  fc.constantFrom(...someTags, ...someRealNetworks),
  fc.constantFrom('198.18.66.0/24', '198.18.66.0/255.255.254.0', '198.18.67.1-198.18.67.20', '198.18.69.3'),
);
/** Entries of lists: most as they are written, some with a kind of match that they can have. */
const entry: fc.Arbitrary<HostEntry> = fc
  .record({
    host: fc.oneof({ weight: 9, arbitrary: pattern }, aliases),
    match: fc.option(fc.constantFrom(...nameMatches), { nil: undefined }),
  })
  .map(({ host, match }) => (match && !matchKind(match).refuses?.(host) ? { host, match } : host));
const port = fc.constantFrom<(80 | 443 | string)[]>(80, 443, 'any', '80-443', '8080, 440-450');
const aRule = fc
  .record(
    {
      action: fc.constantFrom('allow', 'allow', 'deny', 'reject', 'reset'),
      to: fc.oneof({ weight: 4, arbitrary: destination }, fc.array(entry, { minLength: 1, maxLength: 3 })),
      port,
      account: fc.constantFrom(...accounts),
      from: fc.constantFrom(
        ...servers,
        'proxy',
        '198.18.1.0/255.255.255.0',
        '198.18.1.11-198.18.2.10',
        '10.0.0.0/8',
        [...servers],
      ),
      protocol: fc.constantFrom('tcp' as const, 'any' as const, 'udp' as const),
      match: fc.constantFrom('suffix' as const, 'one-label' as const, 'one-label' as const),
    },
    { requiredKeys: ['action', 'to', 'port'] },
  )
  .map(({ action, to, match, ...rest }) => ({
    ...rest,
    [action]: to,
    ...(match && typeof to === 'string' && to.startsWith('*.') && { match }),
  }));
const policy = fc.record({ default: mostlyOpen(), rules: fc.array(aRule, { maxLength: 5 }) });
const list = fc.array(fc.oneof({ weight: 9, arbitrary: entry }, fc.constant('documented')), {
  maxLength: 3,
});
/** No account is told to the edge by a real network; host firewalls know it. */
const hostPolicy = policy.map(({ default: other, rules }) => ({
  default: other,
  rules: rules.filter(({ from }) => from === undefined),
}));

const answer = fc.constantFrom(
  ...['DIRECT', 'DIRECT', 'PROXY proxy.contoso.test:8080', 'PROXY proxy.contoso.test:8080'],
  // A dead proxy, by a name and by an address that nobody has.
  'PROXY old-proxy.contoso.test:8080; PROXY proxy.contoso.test:8080; DIRECT',
  ...['PROXY 203.0.113.9:3128; DIRECT', 'PROXY old-proxy.contoso.test:8080', 'PROXY 127.0.0.1:9000; DIRECT'],
);
/** What PAC files are made of: some domains, by one of the functions that all of them use, and the rest. */
const pacFile = fc
  .record({
    branches: fc.array(fc.record({ about: pattern, to: answer }), { maxLength: 3 }),
    scheme: fc.constantFrom(undefined, 'http:', 'https:'),
    rest: answer,
  })
  .map(({ branches, scheme, rest }) => {
    const lines = branches.map(
      ({ about, to }) => `  if (shExpMatch(host, "${about.replace(/^\./, '*.')}")) return "${to}";`,
    );
    const first = scheme
      ? [`  if (url.substring(0, ${scheme.length}) !== "${scheme}") return "${rest}";`]
      : [];
    return ['function FindProxyForURL(url, host) {', ...first, ...lines, `  return "${rest}";`, '}'].join(
      '\n',
    );
  });
const bypass = fc.array(fc.oneof(pattern, fc.constantFrom('<local>', '198.18.*', '*.contoso.test')), {
  maxLength: 2,
});
/** How the stacks find their proxy: by words that the site has a part for. */
const found = fc.record(
  {
    told: fc.record(
      Object.fromEntries(
        stacks.map((stack) => [stack, fc.constantFrom('proxy', 'proxy', 'direct', 'pac', 'wpad')]),
      ),
    ),
    bypass,
    pac: pacFile,
    wpad: fc.oneof(
      fc.constantFrom(...wpadStates).map((state) => ({ state })),
      pacFile.map((file) => ({ file })),
    ),
    own: fc.record({
      stack: fc.constantFrom(...stacks),
      setting: fc.oneof(
        fc.constantFrom('direct' as const, 'pac' as const, 'wpad' as const),
        bypass.map((list) => ({ bypass: list })),
        pacFile.map((file) => ({ pac: file })),
      ),
    }),
  },
  { requiredKeys: ['told', 'pac', 'wpad'] },
);

const serverSettings = fc.record({
  services: fc.constantFrom({}, {}, { connector: ownAccount }),
  tls: fc.constantFrom('1.2' as const, '1.2' as const, '1.2' as const, '1.1' as const),
  revocation: fc.constantFrom('soft-fail' as const, 'hard-fail' as const, 'hard-fail' as const),
});

/** Sites with several mistakes at once, and some without any. */
export const anySite: fc.Arbitrary<Site> = fc
  .record(
    {
      firewall: fc.record({
        ...policyFields(),
        'names-from': fc.constantFrom('dns' as const, 'sni' as const),
      }),
      hosts: fc.tuple(hostPolicy, hostPolicy),
      proxy: fc.record(
        {
          authentication: fc.constantFrom('none' as const, 'none' as const, 'basic' as const),
          'no-authentication': fc.record({ hosts: list, accounts: fc.subarray([...accounts]) }),
          allow: list,
          deny: list,
          ports: fc.constantFrom<(number | string)[]>([80, 443], [443], ['1-100', 443]),
          'plain-ports': fc.constantFrom<number[]>([80], [8080]),
        },
        { requiredKeys: ['authentication', 'ports'] },
      ),
      found,
      inspection: fc.record(
        {
          except: list,
          only: list,
          'trusted-by-server': fc.constantFrom(true, true, false),
          'revocation-info': fc.constantFrom(true, false, false),
          'block-page': list,
        },
        { requiredKeys: ['except', 'trusted-by-server', 'revocation-info', 'block-page'] },
      ),
      settings: fc.tuple(serverSettings, serverSettings),
      faults: fc.array(
        fc.record({
          entry,
          answer: fc.constantFrom(
            'nxdomain' as const,
            'timeout' as const,
            'wrong-address' as const,
            'no-chain' as const,
          ),
        }),
        { maxLength: 2 },
      ),
      'syn-proxy': fc.record({ resets: list }),
      isListed: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map((drawn) => {
    const { firewall, hosts, settings, proxy, found, inspection, faults, 'syn-proxy': synProxy } = drawn;
    const toldOf = (word: string) => stacks.filter((stack) => found?.told[stack] === word);
    // A firewall that answers TCP itself keeps from everybody that a proxy behind it is dead.
    const tellable = (file: string) =>
      firewall?.['names-from'] === 'sni'
        ? file.replaceAll('203.0.113.9:3128', 'old-proxy.contoso.test:8080')
        : file;
    const own = found?.own && ownSetting(found.own.setting, proxy !== undefined, tellable);
    const input: SiteInput = {
      site: 'Drawn at random',
      servers: servers.map((name, index) => ({
        name,
        ...settings?.[index],
        ...(hosts && { 'host-firewall': hosts[index] }),
        ...(own && index === 0 && { 'proxy-settings': { [found.own?.stack ?? 'service']: own } }),
      })),
      ...(firewall && { firewall }),
      ...(proxy && {
        proxy: {
          ...{ address: 'proxy.contoso.test:8080', ...proxy },
          ...(found && { 'used-by': toldOf('proxy'), bypass: found.bypass ?? [] }),
        },
      }),
      ...(found && {
        pac: { file: tellable(found.pac), 'used-by': toldOf('pac') },
        wpad: {
          ...found.wpad,
          ...('file' in found.wpad && { file: tellable(found.wpad.file) }),
          'used-by': toldOf('wpad'),
        },
      }),
      ...(inspection && { inspection }),
      ...(faults && {
        resolver: {
          faults: faults.map(({ entry: of, answer }) => ({
            name: entryText(of),
            ...(typeof of !== 'string' && { match: of.match }),
            answer,
          })),
        },
      }),
      ...(synProxy &&
        synProxy.resets.length > 0 &&
        firewall?.['names-from'] !== 'sni' && { 'syn-proxy': synProxy }),
    };
    const site = completeSite(input);
    return drawn.isListed ? withMeanings(site, [someList]) : site;
  });

/** A bypass list is of a proxy. */
function ownSetting(
  setting: ProxySetting,
  hasProxy: boolean,
  tellable: (file: string) => string,
): ProxySetting {
  if (typeof setting === 'string') return setting;
  if ('pac' in setting) return { pac: tellable(setting.pac) };
  return hasProxy ? setting : 'direct';
}

/** What stops everything shows one device; most let most pass, so that those behind are met. */
function mostlyOpen() {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant('allow' as const) },
    { weight: 1, arbitrary: fc.constantFrom('drop' as const, 'reject' as const, 'reset' as const) },
  );
}

function policyFields() {
  return { default: mostlyOpen(), rules: fc.array(aRule, { maxLength: 8 }) };
}

/** An internet that has one host for every documented row. */
export function documentedInternet(): Internet {
  const { tenant } = completeSite({ site: 'Any' });
  const ports = new Map<string, number[]>();
  for (const { example, port } of rows) {
    const name = example.replace('<tenant>', tenant.id);
    ports.set(name, [...(ports.get(name) ?? []), port]);
  }
  return internetOf(
    [...ports].map(([name, open], index) => ({
      name,
      chain: [],
      address: `198.18.64.${index + 1}`,
      ports: open,
    })),
  );
}

/** A flow to a host of the internet that a documented row is about. */
export function anyFlowIn(site: Site, internet: Internet): fc.Arbitrary<WantedFlow> {
  const hosts = internet.hosts.filter(({ name }) =>
    rows.some(({ rule, match }) => (match === 'suffix' ? name.endsWith(rule.slice(1)) : name === rule)),
  );
  const entries = entriesOf(site);
  const named = hosts.filter(({ name, chain }) =>
    [name, ...chain].some((known) => entries.some((one) => covers(one, known))),
  );
  return fc
    .record({
      server: fc.constantFrom(...site.servers.map(({ name }) => name)),
      account: fc.constantFrom(...accountsOf(site)),
      stack: fc.constantFrom(...stacks),
      // Mostly those that some list of the site is about.
      host: fc.oneof(
        { weight: 1, arbitrary: fc.constantFrom(...hosts) },
        ...(named.length > 0 ? [{ weight: 3, arbitrary: fc.constantFrom(...named) }] : []),
      ),
      other: fc.nat(9),
    })
    .map(({ server, account, stack, host, other }) => ({
      ...{ server, account, stack, host: host.name },
      // Mostly where somebody listens.
      port: other === 0 ? (host.ports[0] === 80 ? 443 : 80) : (host.ports[0] ?? 443),
      operation: 'sign-in',
    }));
}

/** Every entry and destination of names that some device of a site has. */
function entriesOf(site: Site): HostEntry[] {
  const { firewall, servers } = site;
  const rules = [...firewall.rules, ...servers.flatMap((server) => server['host-firewall'].rules)];
  const bypass = (site.proxy?.bypass ?? []).filter((one) => /^[\w*.]+[a-z]$/.test(one));
  return [...rules.map(destinationOf).filter((one) => one !== 'any'), ...hostEntries(site), ...bypass];
}
