import type { CheckResults } from '../check-results.js';
import { host, rule } from './events.js';
import { type Sample, sample } from './sample.js';

/** One customer's site, with the sample's failure in it: something of everything that a check can say. */
export function checkSample(): Sample {
  const { results, events } = sample();
  const [failed] = results.scenarios;
  if (!failed) throw new Error('the sample has no scenario');
  const requirements = results.requirements.map((one) => {
    if (one.id === 'hosts/service') return { ...one, verdict: 'broken' as const, provedBy: ['check'] };
    if (one.id === 'hidden/renewal') return { ...one, why: 'a site file is of one day' };
    return one;
  });
  return {
    results: {
      ...results,
      scenarios: [{ ...failed, id: 'check', outcome: 'failed', reason: 'broken: hosts/service' }],
      requirements,
      check: whatIsSaid(),
    },
    events: events.map((event) => ({ ...event, scenario: 'check' })),
  };
}

function whatIsSaid(): CheckResults {
  const server = 'app-proxy-01';
  return {
    outcome: 'broken',
    requests: [
      {
        ...{ kind: 'open-edge', device: 'edge-firewall', decidedBy: ['edge-firewall'], rules: [rule] },
        sources: [],
        ask: `Open *.servicebus.windows.net:443, ocsp.digicert.com:80 at the edge firewall, outbound, from ${server}.`,
        reasons: [`rule 1 fits ${server} to ${host}: the name is below ${rule.slice(5)}`],
        ...{ servers: [server], accounts: ['network-service', 'local-system'] },
        stacks: ['service', 'system'],
        targets: [
          {
            ...{ host: '*.servicebus.windows.net', port: 443, accounts: ['network-service'], reached: true },
          },
          { ...{ host: 'ocsp.digicert.com', port: 80, accounts: ['local-system'], reached: false } },
        ],
        ...{ operations: ['listen'], requirements: ['hosts/service'], events: ['e4', 'e5'] },
      },
      {
        ...{ kind: 'set-clock', device: 'server', server, setting: 'clock-skew', decidedBy: ['server'] },
        ask: `Set the clock of ${server}, and keep it right (Windows Time service).`,
        rules: ['clock 10 minutes fast'],
        sources: [],
        reasons: [`the clock of ${server} is 10 minutes fast, and tokens may be off by five`],
        ...{ servers: [server], accounts: [], stacks: [], targets: [], operations: ['listen'] },
        ...{ requirements: ['hidden/clock'], events: [] },
      },
      {
        ...{ kind: 'keep-idle-connections', device: 'link', setting: 'idle-timeout', decidedBy: ['link'] },
        ask: 'Keep idle connections of the connectors open for at least four minutes.',
        rules: ['idle-timeout 2m'],
        sources: [],
        reasons: ['connections without traffic for 2m are forgotten on the way'],
        ...{ servers: [server], accounts: [], stacks: [], targets: [], operations: ['deliver'] },
        ...{ requirements: ['hidden/idle-timeout'], events: [] },
      },
    ],
    incurable: [
      {
        ...{ device: 'application-host', rule: 'nobody', explanation: 'nothing listens at the application' },
        ...{ servers: [server], requirements: ['server/reaches-application'], events: ['e15'] },
      },
    ],
    consequences: [{ server, operation: 'deliver', result: 'not-attempted', events: ['e12'] }],
    users: [{ name: 'Intranet', server, saw: 'gateway-timeout', works: false, events: ['e16'] }],
    differences: [],
    notJudged: [
      {
        ...{ device: 'edge-firewall', rules: ['allow 20.36.0.0/16 port 443'], servers: [server] },
        sources: [],
        ...{ targets: [{ host: 'login.windows.net', port: 443 }], requirements: [] },
      },
    ],
    unused: [
      {
        ...{ device: 'edge-firewall', rule: 'allow *.msappproxi.net port 443' },
        near: 'is about msappproxi.net, which is not msappproxy.net, but 1 letter away (documented: *.msappproxy.net port 443)',
      },
      { device: 'edge-firewall', rule: 'allow *.supplier.test port 443' },
    ],
  };
}
