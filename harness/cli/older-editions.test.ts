import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogueFor } from '../../model/requirements/catalogue.js';
import { documentedSite } from '../../model/site/documented.js';
import { olderEditionsFor, olderEditionsInWords } from './older-editions.js';
import { lab } from './testing.js';

const newest = '2026-02-04';
const broken = (...ids: string[]) => ({
  requirements: catalogueFor({ edition: newest })
    .filter(({ id }) => ids.includes(id))
    .map((one) => ({ ...one, verdict: 'broken' as const, provedBy: [] })),
});

it('says which earlier pages did not ask for what is broken, or asked for less', () => {
  const results = broken('server/tls12', 'server/os-version', 'hosts/login.windows.net/443', 'hidden/clock');
  const found = olderEditionsFor(documentedSite({ edition: newest }), results);
  const statement = 'The server must run Windows Server 2012 R2 or later.';
  expect(found).toEqual([
    { date: '2023-08-09', id: 'server/os-version', statement },
    { date: '2025-02-21', id: 'server/os-version', statement },
    { date: '2023-08-09', id: 'server/tls12' },
  ]);
  expect(olderEditionsInWords(found)).toContain('  2023-08-09 has no server/tls12');
  expect(olderEditionsFor(documentedSite(), results)).toEqual([]);
});

describe('check --edition', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connector-lab-edition-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const check = async (site: object, ...flags: string[]) => {
    const file = join(folder, 'site.yaml');
    await writeFile(file, JSON.stringify({ site: 'Branch', ...site }));
    return lab(['check', file, '--engine', 'embedded', '--out', join(folder, 'out'), '--json', ...flags]);
  };
  const idsBroken = (json: string) =>
    (JSON.parse(json) as ReturnType<typeof broken>).requirements
      .filter(({ verdict }) => verdict === 'broken')
      .map(({ id }) => id);

  it('has nothing against a site that only the newest page is content with', async () => {
    const closed = { rules: [{ deny: 'policykeyservice.dc.ad.msft.net' }, { allow: 'documented' }] };
    const { code, stdout, stderr } = await check({ firewall: closed }, '--edition', newest);
    expect([code, idsBroken(stdout)]).toEqual([0, []]);
    expect(stderr).toMatch(/^Checking "Branch" by the page of 2026-02-04, on the embedded engine …\n/);
    expect(JSON.parse(stdout)).toMatchObject({ edition: newest });
  });

  it('names what only the newest page asks for', async () => {
    const servers = [{ name: 'old', windows: 'server-2012-r2', dotnet: '4.7.1' }];
    const { code, stdout } = await check({ servers }, '--edition', newest);
    expect([code, idsBroken(stdout)]).toEqual([1, ['server/os-version', 'server/dotnet-version']]);
    expect(stdout).toContain('Windows Server 2016 or later');
    expect(stdout).toContain('.NET Framework 4.7.2 or later');
  });

  it('refuses a date of which there is no page, and any for the government’s', async () => {
    const strange = await check({}, '--edition', '2024-01-01');
    expect([strange.code, strange.stdout]).toEqual([2, '']);
    expect(strange.stderr).toContain('2023-08-09, 2025-02-21, 2026-02-04');
    const other = await check({ cloud: { environment: 'us-government' } }, '--edition', newest);
    expect([other.code, other.stdout]).toEqual([2, '']);
    expect(other.stderr).toContain('editions are of the public page; of that of us-government there is one');
  });
});
