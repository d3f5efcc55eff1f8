import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cloudZone } from '../../../mocks/cloud/hosts.js';
import { internetOf } from '../../../model/path/public-host.js';
import { cure, grantAll, kindOf } from '../../../model/repair/cure.js';
import { stopsOf } from '../../../model/repair/stops.js';
import { completeSite } from '../../../model/site/complete.js';
import { readSite } from '../../../model/site/read.js';
import type { Site } from '../../../model/site/schema.js';

const folder = fileURLToPath(new URL('../../../scenarios/sites/', import.meta.url));
const sites = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.yaml'),
);
const cured = (site: Site) => cure(site, internetOf(cloudZone(site)));

describe('a cure', () => {
  it.each(sites)('of %s is all that is needed, and all of it is', async (file) => {
    const site = await readSite(`${folder}${file}`);
    const internet = internetOf(cloudZone(site));
    const { requests, incurable, site: after } = cure(site, internet);
    expect(incurable).toEqual([]);
    expect(stopsOf(after, internet)).toEqual([]);
    for (const request of requests) {
      const others = requests.filter((one) => one !== request);
      expect(
        stopsOf(grantAll(others, site), internet).length,
        kindOf(request).words(request),
      ).toBeGreaterThan(0);
    }
  });

  it('asks for everything that is closed at once, also behind what is closed', () => {
    const site = completeSite({
      site: 'Only the two suffixes, and inspection behind them',
      firewall: {
        rules: [
          { allow: '*.msappproxy.net', port: 443 },
          { allow: '*.servicebus.windows.net', port: 443 },
        ],
      },
      inspection: { except: ['*.servicebus.windows.net', '*.msappproxy.net'] },
    });
    const { requests } = cured(site);
    expect(requests.map(({ kind, targets }) => [kind, targets.length])).toEqual([
      ['open-edge', 23],
      ['do-not-inspect', 15],
    ]);
  });

  it('gives the stack the proxy that it lacks, and opens nothing for it', () => {
    const site = completeSite({
      site: 'Proxy in one file',
      proxy: { address: 'proxy.contoso.test:8080', 'used-by': ['service', 'tunnel', 'browser'] },
      firewall: { default: 'reject', rules: [{ allow: 'any', from: 'proxy', port: [80, 443] }] },
    });
    expect(cured(site).requests.map(({ kind, setting }) => [kind, setting])).toEqual([
      ['use-proxy', 'system'],
      ['use-proxy', 'updater'],
    ]);
  });

  it('knows that hosts met in a trace are not all that a row opens', () => {
    const met = ['cwap-eur1-weur2', 'g3-prod-am3-005-sb'].map((name) => ({
      allow: `${name}.servicebus.windows.net`,
      port: 443 as const,
    }));
    const site = completeSite({
      site: 'List from a trace',
      firewall: { rules: [...met, { deny: '*.servicebus.windows.net' }, { allow: 'any', port: [80, 443] }] },
    });
    expect(cured(site).requests).toMatchObject([
      {
        kind: 'open-edge',
        targets: [{ host: '*.servicebus.windows.net', port: 443 }],
        requirements: expect.arrayContaining(['hosts/suffix-rules']),
      },
    ]);
  });
});
