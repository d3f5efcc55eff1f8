import { expect, it } from 'vitest';
import type { Evident } from '../../../docker/agent/channel.js';
import type { LogPrefix } from '../../../docker/agent/log-prefix.js';
import type { EventBody } from '../../../model/evidence/event.js';
import { ipv6Of } from '../../../model/site/address-plan.js';
import { siteAddresses } from '../../../model/site/addresses.js';
import { documentedSite } from '../../../model/site/documented.js';
import { type Rule, ruleSchema } from '../../../model/site/schema.js';
import { internetHosts } from '../internet.js';
import { Evidence } from './evidence.js';

const from = '198.18.1.10';
const to = '198.18.64.1';
const logged = (prefix: LogPrefix): Evident => ({
  kind: 'packet',
  packet: { prefix, protocol: 'tcp', from, fromPort: 40_312, to, toPort: 443, data: '' },
});

const opened: EventBody = {
  kind: 'connection',
  connection: `${from}:40312>${to}:443`,
  account: 'network-service',
  ...{ host: 'login.windows.net', address: to, port: 443 },
};

/** Evidence of a lab, what it wrote, and which machines it told of an end. */
function openEvidence(...rules: readonly Rule[]) {
  const site = documentedSite();
  const recorded: EventBody[] = [];
  const ended: string[] = [];
  const evidence = new Evidence(
    {
      record: (_, event) => void recorded.push(event),
      end: (machine, _, result) => void ended.push(`${machine} ${result}`),
      endFar: () => {},
      endQueries: () => {},
    },
    { site: { ...site, firewall: { ...site.firewall, rules: [...rules] } }, addresses: siteAddresses(site) },
  );
  return { evidence, recorded, ended };
}

it('tells decisions in the order of the path, with number, rule and line of the log', () => {
  const { evidence, recorded, ended } = openEvidence(
    ruleSchema.parse({ allow: 'any', port: 80 }),
    ruleSchema.parse({ deny: 'any', port: 443 }),
  );
  // The gateway's log is often here before the server's, and before the server has said what it does.
  evidence.hear(logged({ kind: 'edge', rule: 1 }));
  evidence.add('app-proxy-01', opened);
  evidence.hear(logged({ kind: 'host', rule: 'default' }));
  evidence.hear(logged({ kind: 'edge', rule: 1 }));
  evidence.flush();
  expect(recorded.map((event) => event.kind)).toEqual(['connection', 'decision', 'decision']);
  expect(recorded.slice(1)).toMatchObject([
    {
      device: 'host-firewall',
      action: 'allow',
      rule: 'default allow',
      log: `host default: SRC=${from} DST=${to} PROTO=TCP SPT=40312 DPT=443`,
    },
    {
      device: 'edge-firewall',
      action: 'drop',
      rule: 'deny any port 443',
      explanation: expect.stringMatching(/^rule 2 fits /),
      log: `edge 2: SRC=${from} DST=${to} PROTO=TCP SPT=40312 DPT=443`,
    },
  ]);
  expect(ended).toEqual(['app-proxy-01 tcp-drop']);
});

/** A refusal of the connection, as the server's own kernel logs it. */
const refused: Evident = {
  kind: 'packet',
  packet: {
    ...{ prefix: { kind: 'refused' }, protocol: 'tcp', data: '' },
    ...{ from: to, fromPort: 443, to: from, toPort: 40_312 },
  },
};

it.each([
  ['before', 'allow', 'cloud', 'tcp-reject'],
  ['after', 'allow', 'cloud', 'tcp-reject'],
  ['before', 'reset', 'edge-firewall', 'tcp-reset'],
] as const)(
  'knows whose refusal it is, heard %s the word of a firewall with the rule %s any: %s',
  (when, action, by, result) => {
    const { evidence, recorded, ended } = openEvidence(ruleSchema.parse({ [action]: 'any' }));
    evidence.add('app-proxy-01', opened);
    const word = logged({ kind: 'edge', rule: 0 });
    for (const notice of when === 'before' ? [refused, word] : [word, refused]) evidence.hear(notice);
    evidence.flush();
    expect(recorded.at(-1)).toMatchObject({ kind: 'decision', device: by });
    expect(ended).toEqual([`app-proxy-01 ${result}`]);
  },
);

it('waits for the last of several firewalls before it calls a refusal the cloud’s', () => {
  const site = documentedSite({
    firewalls: [
      { name: 'branch', default: 'allow', rules: [] },
      { name: 'centre', default: 'reset', rules: [] },
    ],
  });
  const recorded: EventBody[] = [];
  const evidence = new Evidence(
    {
      record: (_, event) => void recorded.push(event),
      end: () => {},
      endFar: () => {},
      endQueries: () => {},
    },
    { site, addresses: siteAddresses(site) },
  );
  evidence.add('app-proxy-01', opened);
  evidence.hear(logged({ kind: 'edge', rule: 'default' }));
  // The server's own log is here before the second firewall's.
  evidence.hear(refused);
  evidence.hear(logged({ kind: 'edge', place: 1, rule: 'default' }));
  evidence.flush();
  expect(recorded.slice(1)).toMatchObject([
    { device: 'edge-firewall', action: 'allow' },
    { device: 'edge-firewall', action: 'reset' },
  ]);
});

it.each([
  ['silent', 'tcp-drop'],
  ['refused', 'tcp-reject'],
] as const)('an address of IPv6 that is %s is passed over, and the connection goes on', (ipv6, result) => {
  const site = documentedSite({ link: { ipv6 } });
  const recorded: EventBody[] = [];
  const ended: string[] = [];
  const evidence = new Evidence(
    {
      record: (_, event) => void recorded.push(event),
      end: (machine, connection, how) => void ended.push(`${machine} ${connection} ${how}`),
      endFar: () => {},
      endQueries: () => {},
    },
    { site, addresses: siteAddresses(site) },
  );
  const tried: Evident = {
    kind: 'packet',
    packet: {
      ...{ prefix: { kind: 'link ipv6' }, protocol: 'tcp', data: '' },
      ...{ from: ipv6Of(from), fromPort: 40_312, to: ipv6Of(to), toPort: 443 },
    },
  };
  evidence.hear(tried);
  evidence.add('app-proxy-01', opened);
  // The kernel sends it again where nobody answers.
  evidence.hear(tried);
  evidence.hear(logged({ kind: 'host', rule: 'default' }));
  evidence.flush();
  expect(ended).toEqual([`app-proxy-01 ${from}:40312>${to}:443 over IPv6 ${result}`]);
  expect(recorded.slice(1)).toMatchObject([
    {
      ...{ device: 'link', action: 'delay', rule: `ipv6 ${ipv6}` },
      flow: { host: 'login.windows.net', address: to },
      log: `link ipv6: SRC=${ipv6Of(from)} DST=${ipv6Of(to)} PROTO=TCP SPT=40312 DPT=443`,
    },
    { device: 'host-firewall', action: 'allow' },
  ]);
});

it('gives a connection of the proxy to the request that leads there, whichever is heard of first', () => {
  const site = documentedSite({
    proxy: { address: 'proxy.contoso.test:8080' },
    resolver: { faults: [{ name: 'management.azure.com', answer: 'nxdomain' }] },
  });
  const addresses = siteAddresses(site);
  const recorded: EventBody[] = [];
  const evidence = new Evidence(
    {
      record: (_, event) => void recorded.push(event),
      end: () => {},
      endFar: () => {},
      endQueries: () => {},
    },
    { site, addresses },
  );
  const proxyAddress = addresses.proxy ?? '';
  const asks = (fromPort: number, host: string): void => {
    const connection = `${from}:${fromPort}>${proxyAddress}:8080`;
    evidence.add('app-proxy-01', {
      ...{ kind: 'connection', connection, host: 'proxy.contoso.test' },
      ...{ address: proxyAddress, port: 8080 },
    });
    evidence.hear({ kind: 'admitted', connection, host, port: 443, rule: 'default allow' });
  };
  const dials = (fromPort: number, address: string) =>
    evidence.hear({
      kind: 'packet',
      packet: {
        ...{ prefix: { kind: 'proxy' }, protocol: 'tcp', from: proxyAddress, fromPort },
        ...{ to: address, toPort: 443, data: '' },
      },
    });
  const [first, second] = ['login.windows.net', 'login.microsoftonline.com'].map(
    (host) => internetHosts(site).find(({ name }) => name === host)?.address ?? '',
  );
  // The name of the first is not resolved, so nothing is ever dialled for it.
  asks(1, 'management.azure.com');
  dials(101, second ?? '');
  asks(2, 'login.windows.net');
  asks(3, 'login.microsoftonline.com');
  dials(102, first ?? '');
  evidence.flush();
  const opened = recorded.filter((event) => event.kind === 'connection');
  const parents = opened.flatMap(({ host, parent }) =>
    parent === undefined ? [] : [`${host} for ${parent}`],
  );
  const requests = opened
    .filter(({ address }) => address === proxyAddress)
    .map(({ connection }) => connection);
  expect(parents.sort()).toEqual([
    `login.microsoftonline.com for ${requests[2]}`,
    `login.windows.net for ${requests[1]}`,
  ]);
});
