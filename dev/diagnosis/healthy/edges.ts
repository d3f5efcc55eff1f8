import { hostsAskedOf } from '../../../model/requirements/documented-hosts.js';
import type { SiteInput } from '../../../model/site/schema.js';
import { type Dimension, type Leaving, ofServers, trait } from './trait.js';

type Firewall = NonNullable<SiteInput['firewall']>;
type RuleInput = NonNullable<Firewall['rules']>[number];

const from = (leaves: Leaving) => (leaves === 'proxy' || leaves === 'parent-proxy' ? { from: leaves } : {});
const documented = (leaves: Leaving): RuleInput => ({ allow: 'documented', ...from(leaves) });
const web = (leaves: Leaving): RuleInput => ({ allow: 'any', port: [80, 443], ...from(leaves) });
const rowsOf = ({ cloud, edition }: SiteInput) =>
  hostsAskedOf({ cloud: { environment: cloud?.environment ?? 'public' }, edition });
const edge = (name: string, firewall: (leaves: Leaving, site: SiteInput) => Firewall) =>
  trait(name, ({ site, leaves }) => {
    site.firewall = firewall(leaves, site);
  });
const edges = (name: string, firewalls: (leaves: Leaving) => NonNullable<SiteInput['firewalls']>) =>
  trait(name, ({ site, leaves }) => {
    site.firewalls = firewalls(leaves);
    delete site.firewall;
  });
const others: RuleInput[] = [
  { deny: '*.example', port: 'any' },
  { reset: ['updates.example', '*.test.example'], port: 443 },
  { deny: '10.0.0.0/8', port: 'any' },
];

/** What stands at the edge; without one of these: one firewall that drops all but the page's rows. */
export const firewalls: Dimension = {
  name: 'edge',
  without: 8,
  traits: [
    edge('rejects the rest', (leaves) => ({ default: 'reject', rules: [documented(leaves)] })),
    edge('resets the rest', (leaves) => ({ default: 'reset', rules: [documented(leaves)] })),
    edge('lets all out', () => ({ default: 'allow', rules: [] })),
    edge('lets all but others out', () => ({ default: 'allow', rules: others })),
    edge('two ports to everywhere', (leaves) => ({ default: 'drop', rules: [web(leaves)] })),
    edge('others first', (leaves) => ({ default: 'drop', rules: [...others, documented(leaves)] })),
    edge('rows by hand', (leaves, site) => ({
      default: 'drop',
      rules: rowsOf(site).map(({ rule, port }) => ({ allow: rule, port, ...from(leaves) })),
    })),
    edge('wider rows', (leaves) => ({
      default: 'reject',
      rules: [80, 443].map((port) => ({ allow: ['*.net', '*.com', '*.us'], port, ...from(leaves) })),
    })),
    edge('names of aliases, too', (leaves) => ({
      default: 'drop',
      rules: [
        documented(leaves),
        ...[80, 443].map((port) => ({
          allow: ['*.cloudapp.net', '*.cloudapp.azure.com', '*.azureedge.net', '*.msidentity.com'],
          ...{ port, ...from(leaves) },
        })),
      ],
    })),
    edge('names read', (leaves) => ({
      ...{ default: 'drop', 'names-from': 'sni' },
      rules: [...others, documented(leaves)],
    })),
    edge('names read, resets', (leaves) => ({
      ...{ default: 'reset', 'names-from': 'sni' },
      rules: [documented(leaves)],
    })),
    edge('application rules', (leaves) => ({
      default: 'drop',
      rules: [{ deny: '10.0.0.0/8', port: 'any' }],
      'application-rules': [documented(leaves)],
    })),
    edge('another resolver for others', (leaves) => ({
      ...{ default: 'drop', 'other-answers': ['*.example'] },
      rules: [documented(leaves)],
    })),
    edge('patient with quiet connections', (leaves) => ({
      ...{ default: 'drop', 'idle-timeout': '10m', inbound: 'allow' },
      rules: [documented(leaves)],
    })),
    edge('by senders', (leaves) => ({
      default: 'drop',
      rules: [{ allow: 'documented', from: leaves === 'direct' ? '198.18.1.0/24' : '198.18.0.0/16' }],
    })),
    edges('two', (leaves) => [
      { name: 'branch', default: 'drop', rules: [documented(leaves)] },
      { name: 'centre', default: 'reject', rules: [...others, documented(leaves)], 'idle-timeout': '5m' },
    ]),
    edges('two that learn names differently', (leaves) => [
      { name: 'branch', default: 'reject', rules: [documented(leaves)] },
      { name: 'centre', default: 'reset', 'names-from': 'sni', rules: [documented(leaves)] },
    ]),
    edges('three', (leaves) => [
      { name: 'branch', default: 'allow', rules: others },
      { name: 'centre', default: 'drop', rules: [web(leaves)] },
      { name: 'cloud', default: 'drop', rules: [], 'application-rules': [documented(leaves)] },
    ]),
  ],
};

const inside: RuleInput = { allow: '198.18.0.0/16', port: 'any' };

/** The servers' own firewalls; without one of these they let everything out. */
export const ownFirewalls: Dimension = {
  name: "servers' own firewalls",
  without: 3,
  traits: [
    ofServers('rows and the site', (server) => {
      server['host-firewall'] = { default: 'drop', rules: [{ allow: 'documented' }, inside] };
    }),
    ofServers('two ports and the site', (server) => {
      server['host-firewall'] = { default: 'reject', rules: [{ allow: 'any', port: [80, 443] }, inside] };
    }),
    ofServers('others blocked', (server) => {
      server['host-firewall'] = { rules: others };
    }),
    ofServers('other accounts blocked', (server) => {
      server['host-firewall'] = { rules: [{ deny: 'any', port: 'any', account: 'CONTOSO\\mira' }] };
    }),
    ofServers('services by their accounts', (server) => {
      server['host-firewall'] = {
        default: 'drop',
        rules: [
          ...[
            'network-service',
            'local-system',
            'administrator',
            server.services?.connector ?? 'network-service',
          ],
        ].map((account) => ({ allow: 'any', port: 'any', account: account as 'network-service' })),
      };
    }),
  ],
};
