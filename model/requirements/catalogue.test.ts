import { describe, expect, it } from 'vitest';
import { catalogue, edition, isRequirement, requirement, UnknownRequirementError } from './catalogue.js';
import { documentedHosts } from './documented-hosts.js';
import { requirementsFor, rowsFor } from './lookup.js';
import { notOnThePage, page } from './testing.js';

describe('the table of hosts', () => {
  it('is the one of the page: not one host, port or group more or less', () => {
    const ours = documentedHosts('public').map(({ group, port, host }) => ({ group, port, host }));
    const theirs = page.table.flatMap(({ group, port, hosts }) =>
      hosts.map((host) => ({ group, port, host })),
    );
    expect(ours).toEqual(theirs);
    expect(ours).toHaveLength(25);
  });

  it.each(['public', 'us-government'] as const)(
    'has an example for each row of %s that the row opens',
    (environment) => {
      for (const row of documentedHosts(environment)) {
        const host = row.example.replace('<tenant>', '7b0c9a52-4c1e-4d0a-9f3d-2a6f5c1d8e04');
        expect(rowsFor(host, row.port, environment), host).toContain(row);
      }
    },
  );
});

it.each([
  'x.registration.msappproxy.net',
  'vm18-proxy-appproxy-neur-dub01p-3.connector.msappproxy.net',
  'cwap-weur-1.renewtrust.msappproxy.net',
  'x.updater.msappproxy.net',
  'g10-prod-am3-005-sb.servicebus.windows.net',
])('the service host %s is below one row only', (host) => {
  expect(rowsFor(host, 443, 'public').map(({ group }) => group)).toEqual(['service']);
});

describe('the catalogue', () => {
  const ids = catalogue.map(({ id }) => id);
  const rows = page.table.flatMap(({ port, hosts }) => hosts.map((host) => `hosts/${host}/${port}`));
  const documented = catalogue.filter(({ hidden }) => !hidden);

  it('has each id once, and each row of the table as a requirement', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const row of rows) expect(isRequirement(row), row).toBe(true);
  });

  it('has every requirement of the page, what is not on it apart, and nothing else', () => {
    const asked = new Set(Object.values(page.sections).flat());
    expect(documented.map(({ id }) => id).toSorted()).toEqual([...asked, ...rows].toSorted());
    expect(
      catalogue
        .filter(({ hidden }) => hidden)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(notOnThePage.toSorted());
  });

  it('says where on the page each of them stands, and of which edition', () => {
    const sections = Object.entries<readonly string[]>(page.sections);
    for (const { id, section, page: cited } of documented) {
      if (cited?.date !== page.edition) continue;
      const table = rows.includes(id);
      const stands = sections.filter(([, asked]) => asked.includes(table ? 'hosts/service' : id));
      expect(section.split('; '), id).toEqual(stands.map(([heading]) => heading));
      expect(cited.title, id).toContain('How to configure');
    }
    expect(edition).toBe(page.edition);
    const elsewhere = documented.filter((one) => one.page?.date !== page.edition);
    expect(elsewhere).toMatchObject([
      {
        id: 'cloud/government-hosts',
        page: { title: expect.stringContaining('Azure Government'), date: '2025-04-09' },
      },
    ]);
  });

  it.each(page.figures)('%s gives the figure of the page, %s', (id, figure) => {
    expect(requirement(id).statement).toContain(figure);
  });

  it('demands what the page demands, and no more', () => {
    const of = (strength: string) =>
      documented.filter((one) => one.strength === strength).map(({ id }) => id);
    expect(of('should').toSorted()).toEqual(page.should.toSorted());
    expect(of('info').toSorted()).toEqual(page.tells.toSorted());
  });

  it('reads as demands', () => {
    for (const { id, statement } of catalogue) expect(statement, id).toMatch(/ (must|should|may) /);
  });

  it('names the nearest id for a wrong one', () => {
    expect(() => requirement('ports/outbound-433')).toThrow(UnknownRequirementError);
    expect(() => requirement('ports/outbound-433')).toThrow(/did you mean ports\/outbound-443\?/);
  });
});

describe('what a place proves', () => {
  it('is its row, the group of the row and the port', () => {
    expect(requirementsFor({ host: 'CRL3.digicert.com.', port: 80, environment: 'public' })).toEqual([
      'hosts/crl3.digicert.com/80',
      'hosts/revocation',
      'ports/outbound-80',
    ]);
    expect(requirementsFor({ host: 'www.microsoft.com', port: 80, environment: 'public' })[0]).toBe(
      'hosts/www.microsoft.com/pkiops/80',
    );
  });

  it('is nothing for a host or port that the page does not list', () => {
    for (const [host, port] of [
      ['msappproxy.net', 443],
      ['crl3.digicert.com', 443],
      ['xmsappproxy.net', 443],
    ] as const)
      expect(requirementsFor({ host, port, environment: 'public' }), host).toEqual([]);
  });

  it('only names requirements of the catalogue', () => {
    for (const environment of ['public', 'us-government'] as const)
      for (const { example: host, port } of documentedHosts(environment))
        for (const id of requirementsFor({ host, port, environment })) requirement(id);
  });
});
