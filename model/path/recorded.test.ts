import { expect, it } from 'vitest';
import type { WantedFlow } from './flow.js';
import { compareWay, type Recorded, recordedIn } from './recorded.js';
import { type Hop, wayOf } from './way.js';

const flow: WantedFlow = {
  ...({ server: 'app-proxy-01', account: 'network-service', stack: 'service' } as const),
  ...({ host: 'a.test', port: 443, operation: 'bootstrap' } as const),
};
const hop = (device: Hop['device'], action: string, rule: string, more: Partial<Hop> = {}): Hop => ({
  ...{ device, from: 'app-proxy-01', action, rule, explanation: '' },
  ...more,
});
const host = hop('host-firewall', 'allow', 'default allow');
const edge = hop('edge-firewall', 'drop', 'default drop', { result: 'tcp-drop' });
const inspector = hop('inspector', 'inspect', 'inspect *');
const answer = hop('server', 'answer', 'hosts 198.18.64.1 a.test');
const certificate = hop('application-host', 'present', 'certificate expired', { result: 'tls-expired' });
const slow = hop('application-host', 'drop', 'state slow', { result: 'tcp-drop' });
const page = hop('proxy', 'refuse', 'deny a.test', { result: 'http-block-page', answers: true });
const old = hop('server', 'refuse', 'tls 1.1', { result: 'tls-protocol-version' });

it.each<[string, Hop[], Recorded[], boolean, string[]]>([
  ['both say the same', [host, edge], [host, edge], false, []],
  [
    'another rule, another action',
    [host, edge],
    [host, { ...edge, action: 'reject', rule: 'reject a.test' }],
    false,
    [
      'the oracle says edge-firewall drop "default drop"; the lab recorded edge-firewall reject "reject a.test"',
    ],
  ],
  [
    'the lab recorded nothing, and somebody answered',
    [host, edge],
    [host],
    true,
    [
      'the oracle says edge-firewall drop "default drop"; the lab recorded nothing there',
      'the oracle says that it is stopped; in the lab it came through',
    ],
  ],
  [
    'the lab has a decision more, and nobody answered',
    [host],
    [host, edge],
    false,
    [
      'the oracle says nothing of edge-firewall drop "default drop", which the lab recorded',
      'the oracle says that it comes through; in the lab nobody answered',
    ],
  ],
  [
    'packets of another machine',
    [{ ...edge, from: 'proxy' }],
    [edge],
    false,
    [
      'the oracle says edge-firewall drop "default drop"; the lab recorded nothing there',
      'the oracle says nothing of edge-firewall drop "default drop", which the lab recorded',
    ],
  ],
  ['devices behind one that stops it are not asked by a lab', [edge, inspector], [edge], false, []],
  [
    'an inspector answers, whatever is behind it',
    [{ ...inspector, result: 'tls-untrusted-issuer' }],
    [inspector, edge],
    true,
    [],
  ],
  [
    'nothing behind a wrong address',
    [
      hop('resolver', 'misanswer', 'wrong-address a.test', { result: 'dns-wrong-answer', isAstray: true }),
      host,
    ],
    [hop('resolver', 'misanswer', 'wrong-address a.test'), host, edge],
    true,
    [],
  ],
  [
    'another answer of the resolver',
    [hop('resolver', 'misanswer', 'nxdomain a.test', { result: 'dns-nxdomain' })],
    [{ device: 'resolver', from: 'app-proxy-01', action: 'answer' }],
    false,
    ['the oracle says resolver misanswer "nxdomain a.test"; the lab recorded resolver answer'],
  ],
  ['what a link delays', [host], [host, hop('link', 'delay', 'round-trip 80ms')], true, []],
  [
    'what a link forgets',
    [host],
    [host, hop('link', 'expire', 'idle-timeout 4m')],
    true,
    ['the oracle says nothing of link expire "idle-timeout 4m", which the lab recorded'],
  ],
  [
    'a name that is asked for twice',
    [host],
    [{ ...host, device: 'resolver', action: 'answer', rule: undefined }, host],
    true,
    [],
  ],
  [
    'a line of a hosts file of which the oracle knows nothing',
    [host],
    [hop('server', 'misanswer', 'hosts 198.18.9.9 a.test'), host],
    true,
    ['the oracle says nothing of server misanswer "hosts 198.18.9.9 a.test", which the lab recorded'],
  ],
  ['one of which it does, told twice', [answer, host], [answer, answer, host], true, []],
  [
    'one of which nobody wrote',
    [answer, host],
    [host],
    true,
    ['the oracle says server answer "hosts 198.18.64.1 a.test"; the lab recorded nothing there'],
  ],
  [
    'one that is not judged',
    [{ ...answer, notJudged: ['hosts 198.18.64.1 a.test'] }, host],
    [host],
    true,
    [],
  ],
  [
    'a setting of a server, which decides about nothing',
    [hop('server', 'send', 'bypass *.test'), host],
    [host],
    true,
    [],
  ],
  [
    'a setting is no line about a name',
    [hop('server', 'send', 'bypass *.test'), answer, host],
    [answer, host],
    true,
    [],
  ],
  [
    'a resolver that does not write down what it is asked',
    [hop('resolver', 'answer', 'zone test'), host],
    [host],
    true,
    [],
  ],
  [
    'another answer to another machine',
    [hop('resolver', 'misanswer', 'nxdomain a.test', { from: 'proxy', result: 'dns-nxdomain' })],
    [{ device: 'resolver', from: 'app-proxy-01', action: 'answer' }],
    false,
    [],
  ],
  [
    'a device of which there is one, whoever is told to ask it',
    [hop('proxy', 'allow', 'default allow', { from: 'proxy' })],
    [hop('proxy', 'allow', 'default allow')],
    true,
    [],
  ],
  [
    'a decision without a rule',
    [{ ...host, rule: undefined }],
    [host],
    true,
    ['the oracle says host-firewall allow; the lab recorded host-firewall allow "default allow"'],
  ],
  [
    'a certificate, at which this client does not look',
    [host, certificate, slow],
    [host, certificate, slow],
    false,
    [],
  ],
  ['a certificate alone', [host, certificate], [host, certificate], true, []],
  ['a refusal that is an answer', [host, page], [host, page], true, []],
  [
    'what reads a tunnel, and not the way behind it',
    [host, inspector, edge],
    [host, inspector, edge],
    true,
    [],
  ],
  [
    'what does not read',
    [host, hop('inspector', 'bypass', 'except a.test'), edge],
    [host, hop('inspector', 'bypass', 'except a.test'), edge],
    false,
    [],
  ],
  ['a server that speaks too old TLS, to an inspector', [host, inspector, old], [host, inspector], false, []],
])('compared: %s', (_, hops, recorded, isThrough, differences) => {
  expect(compareWay(wayOf(flow, hops), recorded, isThrough).differences).toEqual(differences);
});

it('beside each hop stands what was recorded there, once', () => {
  const second = { ...edge };
  const { hops } = compareWay(wayOf(flow, [host, edge, inspector]), [second, host], false);
  expect(hops).toEqual([{ hop: host, recorded: host }, { hop: edge, recorded: second }, { hop: inspector }]);
});

it('what devices wrote down is read from decisions and answers, in their order', () => {
  const at = { account: 'network-service', host: 'a.test', address: '198.18.64.1', port: 443 } as const;
  const decided = {
    kind: 'decision',
    machine: 'gateway',
    connection: '1',
    device: 'edge-firewall',
    explanation: '',
  } as const;
  const asked = { kind: 'dns' as const, machine: 'app-proxy-01', name: 'a.test', chain: [], addresses: [] };
  const events: Parameters<typeof recordedIn>[0] = [
    {
      ...decided,
      action: 'drop',
      rule: 'default drop',
      log: 'DROP 1',
      flow: { machine: 'app-proxy-01', ...at },
    },
    { ...decided, action: 'allow', rule: 'allow any', flow: { machine: 'proxy', ...at } },
    { ...asked, device: 'resolver', outcome: 'ok' },
    { ...asked, device: 'server', outcome: 'dns-nxdomain', rule: 'search a below b' },
    { kind: 'step', machine: 'lab', text: 'sign-in' },
  ];
  expect(recordedIn(events)).toEqual([
    { device: 'edge-firewall', from: 'app-proxy-01', action: 'drop', rule: 'default drop', log: 'DROP 1' },
    { device: 'edge-firewall', from: 'proxy', action: 'allow', rule: 'allow any' },
    { device: 'resolver', from: 'app-proxy-01', action: 'answer' },
    { device: 'server', from: 'app-proxy-01', action: 'misanswer', rule: 'search a below b' },
  ]);
});
