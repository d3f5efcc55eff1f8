import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../model/diagnosis/diagnose.js';
import { attempts } from '../../model/diagnosis/testing.js';
import { completeSite } from '../../model/site/complete.js';
import { readSite } from '../../model/site/read.js';
import type { SiteInput } from '../../model/site/schema.js';
import { probeSite } from '../probe/probe-site.js';
import { evidenceOf } from './probe.js';
import { lab } from './testing.js';

const folder = await mkdtemp(join(tmpdir(), 'connector-lab-reproduce-'));

const server = (more: object): SiteInput => ({ site: 'One fault', servers: [{ name: 'srv-1', ...more }] });
const edge = (...rules: object[]): SiteInput =>
  ({ site: 'One fault', firewall: { rules: [...rules, { allow: 'documented' }] } }) as SiteInput;
const proxied = (proxy: object, more: object = {}): SiteInput =>
  ({
    site: 'One fault',
    proxy: { address: 'proxy.contoso.test:8080', ...proxy },
    firewall: { rules: [{ allow: 'any', port: [80, 443], from: 'proxy' }] },
    servers: [{ name: 'srv-1', ...more }],
  }) as SiteInput;

/** What is wrong, and the rule and the place that have to be found. */
const faults: readonly (readonly [string, SiteInput, string, string])[] = [
  [
    'the edge drops a row',
    edge({ deny: '*.servicebus.windows.net', port: 443 }),
    'path/dropped',
    '*.servicebus.windows.net',
  ],
  ['the edge drops port 80', edge({ deny: 'any', port: 80 }), 'path/dropped', 'port 80'],
  [
    'a firewall that reads names resets one',
    {
      site: 'One fault',
      firewall: {
        'names-from': 'sni',
        rules: [{ reset: 'login.windows.net', port: 443 }, { allow: 'documented' }],
      },
    },
    'path/reset-after-connect',
    'login.windows.net',
  ],
  [
    'the server’s firewall refuses one account',
    server({
      'host-firewall': { rules: [{ reject: '198.18.0.0/15', port: 'any', account: 'administrator' }] },
    }),
    'path/refused',
    'administrator',
  ],
  [
    'the proxy asks who is there',
    proxied({ authentication: ['negotiate', 'ntlm'] }),
    'proxy/authentication',
    'every',
  ],
  [
    'the proxy refuses a row',
    proxied({ rules: [{ deny: '*.servicebus.windows.net' }] }),
    'proxy/refuses',
    '*.servicebus.windows.net',
  ],
  [
    'a stack goes past the proxy',
    proxied({}, { 'proxy-settings': { system: 'direct' } }),
    'proxy/goes-past',
    'by the system stack',
  ],
  [
    'TLS is inspected',
    {
      site: 'One fault',
      inspection: {
        authority: 'Contoso Inspection CA',
        'trusted-by-server': true,
        only: ['*.msappproxy.net'],
      },
    },
    'tls/inspected',
    '*.msappproxy.net',
  ],
  [
    'a zone hides names',
    { site: 'One fault', resolver: { faults: [{ name: '*.connector.msappproxy.net', answer: 'nxdomain' }] } },
    'names/no-such-name',
    '2 hosts of *.msappproxy.net',
  ],
  [
    'a line of the hosts file',
    server({ hosts: { 'ocsp.digicert.com': '0.0.0.0' } }),
    'names/wrong-address',
    'ocsp',
  ],
  ['the clock is slow', server({ 'clock-skew': '-1h' }), 'server/clock', 'every'],
  ['Windows without TLS 1.2', server({ tls: '1.1' }), 'tls/version', 'every'],
  [
    'a revocation list is old',
    {
      site: 'One fault',
      cloud: { faults: [{ fault: 'revocation-list-stale', host: 'crl3.digicert.com' }] },
    },
    'revocation/unusable',
    'crl3.digicert.com',
  ],
];

describe('a probe in a lab, its evidence, and a site that gives it again', () => {
  it.each(faults)('%s', async (what, site, rule, place) => {
    const evidence = evidenceOf(await probeSite(completeSite(site)));
    const { causes, unexplained } = diagnose(evidence);
    expect(causes.map((cause) => cause.rule)).toEqual([rule]);
    expect(unexplained).toEqual([]);
    expect(causes[0]?.says).toContain(place);
    const file = join(folder, `${what.replaceAll(/\W/g, '-')}.json`);
    await writeFile(file, JSON.stringify(evidence));
    const out = `${file}.yaml`;
    const { code, stdout } = await lab(['reproduce', file, '--out', out]);
    expect(stdout).toContain('is diagnosed as the evidence was');
    expect(code).toBe(0);
    expect((await readFile(out, 'utf8')).split('\n').slice(0, 2).join()).toContain(rule);
    expect((await readSite(out)).site).toBe('Reproduced from evidence');
  });
});

it('says which cause no site shows, and ends with 1', async () => {
  const file = join(folder, 'page.json');
  const shown = { chain: [{ subject: 'CN=a', issuer: 'CN=DigiCert Global Root G2', notAfter: 'x' }] };
  await writeFile(file, JSON.stringify(attempts({ outcome: 'http-block-page', connected: true, shown })));
  const { code, stdout } = await lab(['reproduce', file, '--out', join(folder, 'page.yaml')]);
  expect([code, stdout]).toEqual([1, expect.stringContaining('no site can be made that shows path/page')]);
});

it('refuses a site, and evidence in which nothing was tried', async () => {
  const site = join(folder, 'site.yaml');
  await writeFile(site, 'site: Here\n');
  const nothing = join(folder, 'nothing.json');
  await writeFile(nothing, JSON.stringify(attempts()));
  for (const [file, words] of [
    [site, /is a site already/],
    [nothing, /no cause/],
  ] as const)
    expect(await lab(['reproduce', file, '--out', join(folder, 'no.yaml')])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(words),
    });
});
