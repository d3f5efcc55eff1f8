import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue, isRequirement, requirement, UnknownRequirementError } from './catalogue.js';
import { documentedHosts } from './documented-hosts.js';
import { requirementsFor, rowsFor } from './lookup.js';
import { pageFacts } from './testing.js';

/** The page and the list of requirements lie beside the repository where people work on the project. */
function beside(path: string): string | undefined {
  const url = new URL(`../../../shared/${path}`, import.meta.url);
  return existsSync(url) ? readFileSync(url, 'utf8') : undefined;
}

/** `host/port` of each row of the page's table, read from its text. */
function tableOf(page: string): string[] {
  const rows = page.matchAll(/^> \| (`.*`(?:<br>)?)\s*\| (\d+)\/HTTPS?\s*\|/gm);
  return [...rows].flatMap(([, hosts = '', port]) =>
    [...hosts.matchAll(/`([^`]+)`/g)].map(([, host]) => `${host}/${port}`),
  );
}

describe('the table of hosts', () => {
  const ours = documentedHosts('public').map((row) => `${row.host}/${row.port}`);

  it('is the one of the page: not one host or port more or less', () => {
    expect(ours.toSorted()).toEqual(pageFacts.toSorted());
    expect(ours).toHaveLength(25);
  });

  const page = beside('reference/source-document.md');
  it.skipIf(page === undefined)('is the one of the page itself, where it is at hand', () => {
    expect(ours.toSorted()).toEqual(tableOf(page ?? '').toSorted());
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

  it('has each id once, and each row of the table as a requirement', () => {
    expect(new Set(ids).size).toBe(ids.length);
    for (const row of pageFacts) expect(isRequirement(`hosts/${row}`), row).toBe(true);
  });

  const list = beside('requirements.md');
  it.skipIf(list === undefined)('has every row of the list of requirements and nothing else', () => {
    const [stated = '', beyond = ''] = (list ?? '').split('## Beyond the text');
    const documented = [...stated.matchAll(/^\| `([^`]+)` \|/gm)].map(([, id]) => id ?? '');
    const hidden = [...beyond.matchAll(/`(hidden\/[^`]+)`/g)].map(([, id]) => id ?? '');
    const rows = pageFacts.map((row) => `hosts/${row}`);
    expect(ids.toSorted()).toEqual([...documented, ...rows, ...hidden].toSorted());
    expect(
      catalogue
        .filter((one) => one.hidden)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(hidden.toSorted());
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
