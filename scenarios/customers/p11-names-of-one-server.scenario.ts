import { documentedSite, network, results, scenarios, serverFacts } from '../../harness/index.js';

const [first, second] = ['app-proxy-01', 'app-proxy-02'];
const site = documentedSite({
  servers: [{ name: first }, { name: second }],
  resolver: { zones: { 'intranet.contoso.test': '198.18.130.20' } },
  applications: [
    {
      name: 'Intranet',
      external: 'https://intranet-contoso.msappproxy.net/',
      internal: 'http://intranet/',
    },
  ],
});

const rows = [
  {
    row: 'stale line of a hosts file',
    facts: { hosts: { intranet: '198.18.130.77' } },
    rule: 'hosts 198.18.130.77 intranet',
    seen: 'dns-wrong-answer',
    delivered: results.deliver.dnsWrongAnswer,
  },
  {
    row: 'no suffix to search with',
    facts: { search: ['corp.test'] },
    rule: 'search intranet below corp.test',
    seen: 'dns-nxdomain',
    delivered: results.deliver.dnsNxdomain,
  },
] as const;

/** P11 on one of two servers: the application has a short name, which the other one still resolves. */
export default scenarios(rows, ({ row, facts, rule, seen, delivered }) => ({
  row,
  title: `One server has a ${row}: it alone does not find the application, and stays active`,
  proves: 'server/reaches-application',
  site,
  change: serverFacts(
    row,
    'hosts' in facts ? { hosts: facts.hosts } : { search: [...facts.search] },
    [{ kind: 'dns', device: 'server', rule }],
    second,
  ),
  expect: [
    network.from(second).resolves('intranet', seen, { device: 'server', rule }),
    network.from(first).resolves('intranet', 'ok'),
    delivered({ server: second, host: 'intranet', device: 'server', rule }),
  ],
}));
