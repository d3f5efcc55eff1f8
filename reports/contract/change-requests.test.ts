import { describe, expect, it } from 'vitest';
import { requirement } from '../../model/requirements/catalogue.js';
import { documentedSite } from '../../model/site/documented.js';
import { verdictOn } from '../../model/verdict/coverage.js';
import { requirementsOf } from '../../model/verdict/requirements-of.js';
import type { RequirementResults, Result } from '../../model/verdict/results.js';
import { changeRequests, type Failure } from './change-requests.js';
import { asCsv } from './request-csv.js';
import { asText } from './request-text.js';

const site = documentedSite();
const broken = (id: string): RequirementResults => ({
  ...{ id, statement: `${id} is open.`, section: 'Allow access', strength: 'must', hidden: false },
  page: { title: 'A page', address: 'https://learn.test/a', date: '2023-08-09' },
  ...{ verdict: 'broken', provedBy: ['check'] },
});
const requirements = [
  'hosts/service',
  'hosts/revocation',
  'hosts/*.servicebus.windows.net/443',
  'hosts/ocsp.digicert.com/80',
  'tls/no-inspection',
  'server/dotnet-version',
  'hidden/proxy-no-authentication',
  'hidden/idle-timeout',
].map(broken);
const known = new Map(requirements.map((one) => [one.id, one]));
const run = { startedAt: '2026-11-24T00:04:55.613Z', engine: 'embedded' } as const;

function failure(result: Partial<Result>): Failure {
  return {
    scenario: 'check',
    site,
    accounts: ['network-service'],
    result: {
      ...{ operation: 'listen', result: 'tcp-drop', server: 'app-proxy-01', device: 'edge-firewall' },
      ...{ rule: 'default drop', expected: 'listen ok', matched: false, events: ['e1'] },
      ...result,
    },
  };
}

const gateway = failure({ host: 'g2-prod.servicebus.windows.net', port: 443 });
const responder = failure({
  host: 'ocsp.digicert.com',
  port: 80,
  operation: 'revocation-check',
  events: ['e2'],
});

describe('changeRequests', () => {
  it('asks once for all that a default stops, by the names of the requirements page', () => {
    const [request, ...more] = changeRequests([gateway, responder], requirements);
    expect(more).toEqual([]);
    expect(request).toMatchObject({
      kind: 'allow',
      administrator: 'firewall',
      decidedBy: ['edge-firewall'],
      servers: ['app-proxy-01'],
      targets: [
        { host: '*.servicebus.windows.net', port: 443, observed: ['g2-prod.servicebus.windows.net'] },
        { host: 'ocsp.digicert.com', port: 80, observed: [] },
      ],
      events: ['e1', 'e2'],
    });
  });

  it.each([
    [
      { device: 'inspector', rule: 'inspect *', result: 'tls-untrusted-issuer' },
      /^Exempt the hosts below from TLS inspection/,
    ],
    [{ device: 'proxy', rule: 'authentication basic', result: 'proxy-407' }, /without authentication/],
    [
      { device: 'server', rule: 'dotnet-version', result: 'refused-by-installer' },
      /^On app-proxy-01: server\/dotnet-version/,
    ],
    [
      { device: 'link', rule: 'loss 100%', result: 'tcp-drop' },
      /^Carry packets of app-proxy-01 to the hosts below without losing them/,
    ],
    [
      { device: 'link', rule: 'idle-timeout 2m', result: 'idle-timeout' },
      /^Keep idle connections of app-proxy-01 open/,
    ],
  ] as const)('asks whoever can change it: %o', (result, ask) => {
    const place = { host: 'g2-prod.servicebus.windows.net', port: 443 };
    const [request] = changeRequests([failure({ ...place, ...result })], requirements);
    expect(request?.ask).toMatch(ask);
  });

  it('asks nobody for what the cloud did, or for what only follows', () => {
    const follows = failure({ result: 'not-attempted', device: undefined, rule: undefined });
    expect(changeRequests([failure({ device: 'cloud' }), follows], requirements)).toEqual([]);
  });
});

describe('the texts of requests', () => {
  it('name host, port, account, today’s rule, why and the source', () => {
    const text = asText(changeRequests([gateway, responder], requirements), known, 'One deviates.', run);
    for (const part of [
      'One deviates.\nSeen in a simulation by connector-lab on 2026-11-24, engine embedded',
      'For the administrator of the firewall and the network:\n\n1. Allow',
      '1. Allow outbound connections through edge-firewall from app-proxy-01',
      '- *.servicebus.windows.net, TCP port 443, account network-service (seen: g2-prod.servicebus.windows.net)',
      'Today: edge-firewall, rule "default drop"',
      'hosts/service is open.',
      '(Allow access, "A page" of 2023-08-09, https://learn.test/a)',
    ])
      expect(text).toContain(part);
  });

  it('are a line per host in CSV, in which nothing captured is a formula', () => {
    const evil = failure({ host: '=cmd|"/c calc".servicebus.windows.net', port: 443 });
    const csv = asCsv(
      changeRequests([{ ...evil, result: { ...evil.result, rule: '=1+1,"x"\n' } }], requirements),
      known,
    );
    expect(csv.split('\r\n')).toHaveLength(3);
    expect(csv.split('\r\n')[0]).toContain(
      'request,administrator,ask,action,from,account,host,protocol,port',
    );
    expect(csv.split('\r\n')[1]).toContain(',allow,');
    expect(csv).toContain(',TCP,443,');
    expect(csv).toContain('"\'=1+1,""x""\n"');
    expect(csv).not.toMatch(/(^|,)"?[=+@-]/m);
  });
});

it('a request of a government site cites the page that lists its hosts, and its date', () => {
  const site = documentedSite({ cloud: { environment: 'us-government' } });
  const closed = failure({ host: 'x.bootstrap.msappproxy.us', port: 443 });
  const ids = requirementsOf(closed.result, site);
  const rows = ids.map((id) => verdictOn(requirement(id), 'broken', ['check']));
  const named = new Map(rows.map((row) => [row.id, row]));
  const text = asText(changeRequests([{ ...closed, site }], rows), named, 'One deviates.', run);
  expect(text).toMatch(
    /hosts of its own list must be open.*"Hybrid identity considerations .*" of 2025-04-09, https:/,
  );
  expect(text).toMatch(/TCP 443 must be open.*Private Access" of 2023-08-09, https:/);
});
