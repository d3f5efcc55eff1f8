import { expect, it } from 'vitest';
import { compareEditions } from './compare-editions.js';
import { publicDates } from './editions/dates.js';
import { editionFor, publicEditions } from './editions/index.js';
import { revised } from './editions/revised.js';

const [of2023, of2025, of2026] = publicEditions;
if (!of2023 || !of2025 || !of2026) throw new Error('three editions are known');
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

it('differs from 2023 to 2026 as the facts say (connector-facts 4.1), and in nothing else', () => {
  const { gone, added, changed } = compareEditions(of2023, of2026);
  expect(idsOf(gone)).toEqual(['hosts/policykeyservice.dc.ad.msft.net/443']);
  expect(idsOf(added)).toEqual([
    'server/tls12',
    'server/http2-for-kerberos',
    'server/no-password-protection-proxy',
    'server/marketplace-images',
  ]);
  expect(changed.map(({ after }) => after.id)).toEqual([
    'server/os-version',
    'server/dotnet-version',
    'tenant/registering-administrator',
    'hosts/registration',
  ]);
  expect(idsOf(compareEditions(of2025, of2026).changed.map(({ after }) => after))).toEqual([
    'server/os-version',
    'server/dotnet-version',
  ]);
});

it('has in each edition rows that cite its own page, each once, and a row for each host', () => {
  for (const { page, hosts, requirements } of publicEditions) {
    const documented = requirements.filter(({ hidden }) => !hidden);
    expect(new Set(idsOf(requirements)).size).toBe(requirements.length);
    for (const row of documented) expect(row.page, row.id).toEqual(page);
    const rows = documented.filter(({ id }) => /^hosts\/.+\/(80|443)$/.test(id));
    expect(rows).toHaveLength(hosts.length);
    for (const { statement } of documented) expect(statement).toMatch(/ (must|should|may) /);
  }
});

it('judges a site by the edition that it names, and by the first where it names none', () => {
  expect(publicEditions.map(({ page }) => page.date)).toEqual(publicDates);
  const cloud = { environment: 'public' } as const;
  expect(editionFor({ cloud })).toBe(of2023);
  for (const edition of publicEditions)
    expect(editionFor({ cloud, edition: publicDates[publicEditions.indexOf(edition)] })).toBe(edition);
});

it('an edition does not say otherwise what the one before it did not say', () => {
  const { page } = of2026;
  expect(() => revised(of2023, { page, withoutHosts: ['no.such.test'] })).toThrow('no.such.test');
  expect(() => revised(of2023, { page, said: { 'no/such': {} } })).toThrow('no/such');
});
