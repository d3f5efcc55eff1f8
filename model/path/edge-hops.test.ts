import { expect, it } from 'vitest';
import type { ResultName } from '../evidence/vocabulary.js';
import type { SiteInput } from '../site/schema.js';
import type { WantedFlow } from './flow.js';
import { linesOf, walked } from './testing/lines.js';

it.each<[string, Partial<SiteInput>, Partial<WantedFlow>, ResultName, string[]]>([
  [
    'firewalls, each with its name',
    {
      firewalls: [
        { name: 'branch', default: 'allow', rules: [{ allow: 'login.windows.net' }] },
        { name: 'centre', default: 'drop' },
      ],
    },
    {},
    'tcp-drop',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'edge-firewall branch of app-proxy-01 allow "branch: allow login.windows.net" #0',
      'edge-firewall centre of app-proxy-01 drop "centre: default drop" → tcp-drop',
    ],
  ],
  [
    'one that reads names',
    { firewall: { 'names-from': 'sni', default: 'reset', rules: [{ deny: '*.windows.net' }] } },
    {},
    'sni-block',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'edge-firewall of app-proxy-01 drop "deny *.windows.net" #0 → sni-block byName',
    ],
  ],
  [
    'one that has lost the names that it had learned',
    { firewall: { default: 'drop', 'names-lost-for': '10m', rules: [{ allow: '*.windows.net' }] } },
    {},
    'tcp-drop',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'edge-firewall of app-proxy-01 drop "default drop" → tcp-drop names-lost-for: it lost the names that it had learned at a restart, and learns them again within 10m',
    ],
  ],
  [
    'one that follows another resolver',
    {
      firewall: {
        default: 'reject',
        'other-answers': ['*.windows.net'],
        rules: [{ allow: '*.windows.net' }],
      },
    },
    {},
    'tcp-reject',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'edge-firewall of app-proxy-01 reject "default reject" → tcp-reject other-answers: it follows another resolver, which gives other addresses for login.windows.net',
    ],
  ],
  [
    'one that follows another resolver, which is nothing to its rules',
    {
      firewall: { default: 'allow', 'other-answers': ['*.windows.net'], rules: [{ deny: '*.digicert.com' }] },
    },
    {},
    'ok',
    ['resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9'],
  ],
  [
    'one that reads names, and lets it pass',
    { firewall: { 'names-from': 'sni', default: 'drop', rules: [{ allow: '*.windows.net' }] } },
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'edge-firewall of app-proxy-01 allow "allow *.windows.net" #0 byName',
    ],
  ],
  [
    'one that learned no name, since a hosts file gave the address',
    {
      firewall: { default: 'drop', rules: [{ allow: '*.windows.net' }] },
      servers: [{ name: 'app-proxy-01', hosts: { 'login.windows.net': '198.18.64.9' } }],
    },
    {},
    'tcp-drop',
    [
      'server of app-proxy-01 answer "hosts 198.18.64.9 login.windows.net": the hosts file of app-proxy-01 says that login.windows.net is 198.18.64.9',
      'edge-firewall of app-proxy-01 drop "default drop" → tcp-drop',
    ],
  ],
  [
    'one that learned no name, since nobody asked for one',
    { firewall: { default: 'drop', rules: [{ allow: '*.windows.net' }] } },
    { host: '198.18.64.9' },
    'tcp-drop',
    ['edge-firewall of app-proxy-01 drop "default drop" → tcp-drop'],
  ],
  [
    'a rule that nobody can judge',
    { firewall: { default: 'allow', rules: [{ deny: 'any', unclear: '-m time' }] } },
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'edge-firewall of app-proxy-01 allow "default allow" or "deny any if -m time"',
    ],
  ],
  [
    'a rule that nobody can judge, behind one that fits',
    {
      firewall: { default: 'drop', rules: [{ allow: '*.windows.net' }, { deny: 'any', unclear: '-m time' }] },
    },
    {},
    'ok',
    [
      'resolver of app-proxy-01 answer: login.windows.net is 198.18.64.9',
      'edge-firewall of app-proxy-01 allow "allow *.windows.net" #0',
    ],
  ],
])('what stands between a site and the internet: %s', (_, input, flow, outcome, lines) => {
  const way = walked(input, flow);
  expect(way.outcome).toBe(outcome);
  expect(linesOf(way)).toEqual(lines);
});
