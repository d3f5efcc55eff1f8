import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabEvent } from '../../../model/evidence/event.js';
import type { Step } from '../../../model/scenario/step.js';
import { documentedSite } from '../../../model/site/documented.js';
import type { SiteInput } from '../../../model/site/schema.js';
import { EmbeddedEngine } from '../embedded/embedded-engine.js';
import type { Engine, Lab } from '../engine.js';
import { engineForTests, runtimeForTests } from './testing.js';

const docker = await runtimeForTests();
const server = 'app-proxy-01';
const life = ['install', 'sign-in', 'register', 'bootstrap', 'update'] as const;
const operations = life.map((operation): Step => ({ do: 'operate', server, operation }));
const names = ['intranet.contoso.test', 'contoso.test', 'login.windows.net', 'aadcdn.msauth.net'];
const reaches = names.map(
  (host): Step => ({ do: 'reach', from: server, account: 'network-service', host, port: 80 }),
);

/** Patterns of which some are about hosts below a name that is used itself, and about upper case. */
const lists = {
  only: ['*.login.windows.net', '*.com', '*.msappproxy.net', '*.msftauth.net'],
  except: ['*.login.microsoftonline.com', '*.aadcdn.MSFTauth.net', 'secure.AADCDN.microsoftonline-p.com'],
};
const inspects = (
  product: 'squid' | 'mitmproxy' | 'mockttp',
  part: Pick<NonNullable<SiteInput['inspection']>, 'only' | 'except'>,
) => ({
  inspection: { product, 'trusted-by-server': true, 'revocation-info': false, ...part },
});
const proxies = (part: Partial<NonNullable<SiteInput['proxy']>>) => ({
  proxy: { address: 'proxy.contoso.test:8080', ...part },
});
const sites: [what: string, device: string, steps: Step[], site: Partial<SiteInput>][] = [
  [
    'proxy: kinds of match',
    'proxy',
    operations,
    proxies({
      rules: [
        { deny: [{ host: '*.msauth.net', match: 'one-label' }, '.phonefactor.net'] },
        {
          allow: [
            { host: '*.login.windows.net', match: 'one-label' },
            { host: 'crosoftonline.com', match: 'ends-with' },
            'log*.windows.NET',
            { host: 'msappproxy.net', match: 'suffix' },
          ],
        },
      ],
      default: 'deny',
    }),
  ],
  [
    'proxy: deny',
    'proxy',
    operations,
    proxies({ rules: [{ deny: ['*.login.windows.net', '*.Phonefactor.net'] }] }),
  ],
  [
    'proxy: allow',
    'proxy',
    operations,
    proxies({
      rules: [{ allow: ['*.login.windows.net', '*.com', '*.windows.net', '*.MSappproxy.net'] }],
      default: 'deny',
    }),
  ],
  [
    'proxy: asks nothing for hosts',
    'proxy',
    operations,
    proxies({
      authentication: 'negotiate',
      rules: [
        { ask: 'any', except: ['*.login.windows.net', '*.COM', '*.msappproxy.net'] },
        { deny: '*.phonefactor.net' },
      ],
    }),
  ],
  [
    'proxy: asks accounts nothing',
    'proxy',
    operations,
    proxies({
      authentication: 'basic',
      rules: [
        { allow: 'any', account: 'network-service' },
        { ask: 'any', except: ['aadcdn.msauth.net'] },
      ],
    }),
  ],
  [
    'proxy: asks an own account nothing',
    'proxy',
    operations,
    {
      servers: [{ name: server, services: { connector: 'CONTOSO\\svc-connector$' } }],
      ...proxies({
        authentication: 'basic',
        rules: [
          { deny: 'login.windows.net', account: 'local-system', from: '198.18.1.10' },
          { allow: 'any', account: 'CONTOSO\\SVC-Connector$' },
          { deny: 'any', account: 'administrator', from: '198.18.1.77' },
          { allow: 'any', account: 'administrator', from: server },
          { ask: ['*.net', '*.com'], port: 443, method: 'connect' },
        ],
      }),
    },
  ],
  [
    'proxy: any, ports, ways to ask',
    'proxy',
    operations,
    proxies({
      rules: [
        { allow: '*.windows.net', port: '443, 8080-8090', method: 'connect', except: ['login.windows.net'] },
        { deny: 'any', method: 'plain', port: 8080 },
        { allow: 'any', method: 'plain', port: '1-79, 80' },
        { allow: 'any', unclear: 'acl hours time MTWHF' },
      ],
      default: 'deny',
    }),
  ],
  ...(['squid', 'mitmproxy', 'mockttp'] as const).flatMap((product): typeof sites => [
    [`${product}: only, except`, 'inspector', operations, inspects(product, lists)],
    [`${product}: except`, 'inspector', operations, inspects(product, { except: lists.except })],
    [
      `${product}: kinds of match`,
      'inspector',
      operations,
      inspects(product, {
        only: [{ host: 'windows.net', match: 'ends-with' }, '*.com', '.msappproxy.net', 'aad*.net'],
        except: [
          { host: '*.com', match: 'one-label' },
          { host: 'microsoftonline.com', match: 'domain' },
        ],
      }),
    ],
    [`${product}: any`, 'inspector', operations, inspects(product, { except: ['any'] })],
  ]),
  [
    'resolver',
    'resolver',
    reaches,
    { resolver: { faults: [{ name: '*.contoso.test', answer: 'nxdomain' }] } },
  ],
  [
    'resolver: kinds of match',
    'resolver',
    reaches,
    {
      resolver: {
        faults: [
          { name: '*.test', match: 'one-label', answer: 'nxdomain' },
          { name: 'net.contoso.test', match: 'ends-with', answer: 'nxdomain' },
          { name: '.windows.net', answer: 'nxdomain' },
          { name: 'aad*.net', answer: 'no-chain' },
        ],
      },
    },
  ],
  ['resolver: any', 'resolver', reaches, { resolver: { faults: [{ name: 'any', answer: 'timeout' }] } }],
];

describe.skipIf(!docker)('the lists of a site mean on real machines what they mean embedded', () => {
  const events = { embedded: [] as LabEvent[], containers: [] as LabEvent[] };
  const labs: Partial<Record<keyof typeof events, Lab>> = {};
  const open = (name: keyof typeof events, engine: Engine) =>
    engine.open(documentedSite(), {
      scenario: 'lists',
      startAt: Date.now(),
      record: (event) => void events[name].push(event),
    });
  beforeAll(async () => {
    if (!docker) return;
    labs.embedded = await open('embedded', new EmbeddedEngine());
    labs.containers = await open('containers', await engineForTests(docker));
  });
  afterAll(async () => {
    for (const lab of Object.values(labs)) await lab[Symbol.asyncDispose]();
  });

  /** What a device decided, each decision once. */
  async function decisions(
    name: keyof typeof events,
    device: string,
    steps: Step[],
    site: Partial<SiteInput>,
  ): Promise<string[]> {
    await labs[name]?.change(documentedSite(site));
    events[name].length = 0;
    for (const step of steps) await labs[name]?.perform(step);
    const told = events[name].flatMap((event) => {
      if (event.kind === 'dns' && device === 'resolver')
        return `${event.name} ${event.outcome} ${event.rule}`;
      if (event.kind !== 'decision' || event.device !== device) return [];
      return `${event.flow.host} ${event.flow.port}: ${event.action} ${event.rule}: ${event.explanation}`;
    });
    return [...new Set(told)].sort();
  }

  it.each(sites)('%s', async (_, device, steps, site) => {
    const expected = await decisions('embedded', device, steps, site);
    expect(expected.length).toBeGreaterThanOrEqual(4);
    expect(await decisions('containers', device, steps, site)).toEqual(expected);
  });
});
