import { documentedSite, results, scenario, siteChange, steps, user } from '../../harness/index.js';

const [oslo, lima] = ['oslo-proxy-01', 'lima-proxy-01'] as const;
const osloFiles = 'https://oslo-files-contoso.msappproxy.net/';
const limaFiles = 'https://lima-files-contoso.msappproxy.net/';
const noWayTo = (host: string) => ({ rules: [{ deny: host, name: `no way to ${host}` }] });

/** Two locations without a way between them: each group serves what is in its own. */
export default scenario({
  title: 'Groups of two locations swap their applications: nobody can reach what is in the other location',
  proves: ['groups/separate-networks', 'server/reaches-application'],
  site: documentedSite({
    servers: [
      { name: oslo, 'host-firewall': noWayTo('files.lima.contoso.test') },
      { name: lima, 'host-firewall': noWayTo('files.oslo.contoso.test') },
    ],
    applications: [
      { name: 'Oslo files', external: osloFiles, internal: 'http://files.oslo.contoso.test/', group: 'Oslo' },
      { name: 'Lima files', external: limaFiles, internal: 'http://files.lima.contoso.test/', group: 'Lima' },
    ],
    'connector-groups': [
      { name: 'Oslo', servers: [oslo] },
      { name: 'Lima', servers: [lima] },
    ],
  }),
  change: siteChange(
    'applications: each assigned to the group of the other location',
    (site) => ({
      ...site,
      applications: site.applications.map((one) => ({
        ...one,
        group: one.group === 'Oslo' ? 'Lima' : 'Oslo',
      })),
    }),
    [{ kind: 'decision', device: 'host-firewall', rule: 'no way to files.lima.contoso.test' }],
  ),
  script: {
    change: [
      ...steps.operate(oslo, 'listen'),
      ...steps.operate(lima, 'listen'),
      steps.visit(osloFiles),
      steps.visit(limaFiles),
      ...steps.operate(oslo, 'deliver'),
      ...steps.operate(lima, 'deliver'),
    ],
  },
  expect: [
    results.deliver.tcpDrop({
      server: oslo,
      host: 'files.lima.contoso.test',
      device: 'host-firewall',
      rule: 'no way to files.lima.contoso.test',
    }),
    results.deliver.tcpDrop({
      server: lima,
      host: 'files.oslo.contoso.test',
      device: 'host-firewall',
      rule: 'no way to files.oslo.contoso.test',
    }),
    user.visits(osloFiles).gets('bad-gateway'),
    user.visits(limaFiles).gets('bad-gateway'),
  ],
});
