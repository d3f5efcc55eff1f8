import { expect, it } from 'vitest';
import type { ImportOptions } from '../importer.js';
import { azureFirewall } from './index.js';

const file = 'policy.json';
const read = (value: unknown, options: ImportOptions = {}) =>
  azureFirewall.read({ file, text: JSON.stringify(value, null, 2) }, options);
const https = [{ protocolType: 'Https', port: 443 }];
const application = (targetFqdns: unknown, more: object = {}) => ({
  ruleType: 'ApplicationRule',
  name: 'app',
  protocols: https,
  targetFqdns,
  sourceAddresses: ['*'],
  ...more,
});
const network = (destinationAddresses: string[], more: object = {}) => ({
  ruleType: 'NetworkRule',
  name: 'net',
  ipProtocols: ['TCP'],
  destinationAddresses,
  destinationPorts: ['443'],
  sourceAddresses: ['*'],
  ...more,
});
const collection = (priority: unknown, type: string, ...rules: unknown[]) => ({
  ruleCollectionType: 'FirewallPolicyFilterRuleCollection',
  priority,
  action: { type },
  rules,
});
const policy = (collections: unknown[], more: object = {}) => ({
  ...more,
  resources: [
    {
      type: 'Microsoft.Network/firewallPolicies/ruleCollectionGroups',
      properties: { priority: 100, ruleCollections: collections },
    },
  ],
});
const rulesOf = (value: unknown, options?: ImportOptions) => {
  const { edge, ...rest } = read(value, options);
  const plain = (rules: readonly object[] = []) => rules.map((rule) => ({ ...rule, source: undefined }));
  return { ...rest, network: plain(edge?.rules), application: plain(edge?.['application-rules']) };
};

it('asks network rules before application rules, and lower priorities first', () => {
  const {
    network: net,
    application: app,
    notUnderstood,
  } = rulesOf(
    policy([
      collection('300', 'allow', application(['*.msappproxy.net']), network(['ServiceBus', '20.36.0.0/16'])),
      collection(
        200,
        'Deny',
        application(['*.servicebus.windows.net']),
        network(['*'], { destinationPorts: ['80', '8000-8100'] }),
      ),
    ]),
  );
  expect(notUnderstood).toEqual([]);
  expect(net).toEqual([
    { deny: 'any', port: [80, '8000-8100'] },
    { allow: ['ServiceBus', '20.36.0.0/16'], port: [443] },
  ]);
  expect(app).toEqual([
    { deny: ['*.servicebus.windows.net'], port: [443] },
    { allow: ['*.msappproxy.net'], port: [443] },
  ]);
});

it('names the line at which a rule begins', () => {
  const text =
    '{ "ruleCollections": [ { "priority": 1, "action": { "type": "Allow" }, "rules": [\n\n{ "ruleType": "NetworkRule", "ipProtocols": ["Any"], "destinationAddresses": ["*"], "destinationPorts": ["*"] } ] } ] }';
  expect(azureFirewall.read({ file, text }, {}).edge?.rules).toEqual([
    { allow: 'any', source: { file, line: 3 } },
  ]);
});

it('works out parameters, variables and concat, and IP groups of the same file', () => {
  const value = policy(
    [
      collection(
        1,
        'Allow',
        application("[parameters('hosts')]", {
          sourceAddresses: [],
          sourceIpGroups: ["[resourceId('Microsoft.Network/ipGroups', variables('group'))]"],
        }),
      ),
    ],
    {
      parameters: {
        hosts: { type: 'array', defaultValue: ['login.windows.net', "[concat('*.', variables('domain'))]"] },
      },
      variables: { domain: 'msappproxy.net', group: 'servers' },
    },
  );
  value.resources.push({
    type: 'Microsoft.Network/ipGroups',
    name: "[variables('group')]",
    properties: { ipAddresses: ['10.1.0.0/24'] },
  } as never);
  expect(rulesOf(value, { serverAddress: '10.1.0.7' })).toMatchObject({
    application: [{ allow: ['login.windows.net', '*.msappproxy.net'], port: [443] }],
    notUnderstood: [],
  });
  expect(rulesOf(value, { serverAddress: '10.2.0.7' })).toMatchObject({ application: [], understood: 1 });
  expect(rulesOf(value).application).toMatchObject([
    { unclear: expect.stringContaining('--server-address') },
  ]);
});

it.each<[string, unknown]>([
  ['a tag of hosts', application([], { fqdnTags: ['WindowsUpdate'] })],
  ['categories', application([], { webCategories: ['gambling'] })],
  ['a path', application([], { targetUrls: ['www.microsoft.com/pkiops/*'] })],
  ['an expression', application("[createArray('a.test')]")],
  [
    'an IP group that is elsewhere',
    application(['a.test'], { sourceAddresses: [], sourceIpGroups: ["[parameters('group_externalid')]"] }),
  ],
  ['an unknown tag', network(['AppProxy'])],
])('does not judge a rule with %s', (_, rule) => {
  const { network: net, application: app, notUnderstood } = rulesOf(policy([collection(1, 'Allow', rule)]));
  expect([...net, ...app]).toMatchObject([{ unclear: expect.any(String) }]);
  expect(notUnderstood).toHaveLength(1);
});

it('reads classic rules, pieces of a template, and inspection', () => {
  const classic = {
    networkRuleCollections: [
      {
        properties: {
          priority: 1,
          action: { type: 'Allow' },
          rules: [
            {
              name: 'a',
              protocols: ['TCP'],
              sourceAddresses: ['*'],
              destinationAddresses: ['*'],
              destinationPorts: ['443'],
            },
          ],
        },
      },
    ],
  };
  expect(rulesOf(classic).network).toEqual([{ allow: 'any', port: [443] }]);
  const piece = (name: string) =>
    JSON.stringify(collection(1, 'Allow', application([name], { terminateTLS: true })));
  const pieces = azureFirewall.read({ file, text: `${piece('a.test')},\n${piece('b.test')}` }, {});
  expect(pieces.edge?.['application-rules']).toMatchObject([{ allow: ['a.test'] }, { allow: ['b.test'] }]);
  expect(pieces.site?.inspection).toEqual({ only: ['a.test', 'b.test'], 'trusted-by-server': true });
});

it('tells where a text is cut off', () => {
  const { notUnderstood } = azureFirewall.read(
    { file, text: '{ "ruleCollections": [\n{ "priority": 1,' },
    {},
  );
  expect(notUnderstood).toMatchObject([{ why: 'no JSON' }]);
});

it.each([
  ['texts made of each other a million times', many(() => `[concat(${refs(1000)})]`)],
  ['texts that double until no memory has them', many(() => `[concat(${refs(2)},'${'x'.repeat(4000)}')]`)],
  [
    'a hundred thousand concats in each other',
    { v0: `[${'concat('.repeat(100_000)}${')'.repeat(100_000)}]` },
  ],
  ['commas without end', { v0: `[concat(${','.repeat(300_000)})]` }],
])('does not work out %s', (_, variables) => {
  const { notUnderstood } = read(
    policy([collection(1, 'Allow', application("[variables('v0')]"))], { variables }),
  );
  expect(notUnderstood.length).toBeGreaterThan(0);
});

/** Eight variables, each made of the next one. */
function many(text: () => string) {
  return Object.fromEntries(
    Array.from({ length: 8 }, (_, at) => [`v${at}`, text().replaceAll('NEXT', `v${at + 1}`)]),
  );
}

function refs(count: number): string {
  return Array.from({ length: count }, () => "variables('NEXT')").join(',');
}

it('reads what the command line prints, ports from 0 on, and does not judge what a parent policy may say', () => {
  const rule = { name: 'x', protocols: ['TCP'], sourceAddresses: ['*'], destinationAddresses: ['*'] };
  const collection = { name: 'n', priority: 200, action: { type: 'Allow' } };
  const classic = {
    networkRuleCollections: [{ ...collection, rules: [{ ...rule, destinationPorts: ['0-65535'] }] }],
  };
  const own = azureFirewall.read({ file: 'a.json', text: JSON.stringify(classic) }, {});
  expect(own).toMatchObject({ notUnderstood: [], edge: { rules: [{ allow: 'any', port: ['1-65535'] }] } });
  const child = { properties: { basePolicy: { id: '/x/parent' } }, ...classic };
  const { edge, notUnderstood } = azureFirewall.read({ file: 'a.json', text: JSON.stringify(child) }, {});
  expect(notUnderstood).toMatchObject([{ text: 'basePolicy' }]);
  expect(edge?.rules?.[0]).toMatchObject({ deny: 'any', unclear: 'basePolicy' });
});
