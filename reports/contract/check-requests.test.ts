import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../model/verdict/kept-events.js';
import { checkSample } from '../../model/verdict/sample/check.js';
import { administratorOf, byAdministrator } from './administrators.js';
import { checkRequests } from './check-requests.js';
import { reportOf } from './report-of.js';
import { asCsv } from './request-csv.js';
import { asText } from './request-text.js';
import { requestsOf } from './requests-of.js';

const { results, events } = checkSample();
const { check } = results;
if (!check) throw new Error('the sample is no check');
const change = results.scenarios[0]?.phases.find(({ phase }) => phase === 'change')?.results ?? [];
const requests = checkRequests(check.requests, change, events);
const known = new Map(results.requirements.map((one) => [one.id, one]));

describe('what a check asks for', () => {
  it('has all that its results have, with what was seen', () => {
    expect(requests[0]).toEqual({
      ...{ number: 1, administrator: 'firewall', kind: 'allow', scenario: 'check' },
      ask: check.requests[0]?.ask,
      ...{ decidedBy: ['edge-firewall'], rules: ['deny *.servicebus.windows.net'] },
      reasons: check.requests[0]?.reasons,
      servers: ['app-proxy-01'],
      targets: [
        {
          ...{ host: '*.servicebus.windows.net', port: 443, accounts: ['network-service'], reached: true },
          observed: ['cwap-eur1-weur2.servicebus.windows.net'],
        },
        {
          ...{ host: 'ocsp.digicert.com', port: 80, accounts: ['local-system'], reached: false },
          observed: [],
        },
      ],
      ...{ seen: ['listen: tcp-drop'], requirements: ['hosts/service'], events: ['e4', 'e5'] },
    });
  });

  it('is as many requests everywhere, those of one administrator together, in the order in which they help', () => {
    const told = requestsOf(results, evidenceOf(events));
    expect(told.map(({ number, administrator }) => [number, administrator])).toEqual([
      [1, 'firewall'],
      [3, 'firewall'],
      [2, 'Windows server'],
    ]);
    expect(reportOf(results, evidenceOf(events)).report.requests).toEqual(told);
    const text = asText(told, known, 'Headquarters: 3 things to mend.', results);
    expect(text.match(/^\d\. /gm)).toEqual(['1. ', '3. ', '2. ']);
    expect(text.match(/^For .*:$/gm)).toHaveLength(2);
    const rows = asCsv(told, known).trim().split('\r\n').slice(1);
    expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual([
      ['1', 'firewall'],
      ['1', 'firewall'],
      ['3', 'firewall'],
      ['2', 'Windows server'],
    ]);
  });

  it('tells what was reached and what was not, host by host and account by account', () => {
    const text = asText(requests, known, '', results);
    expect(text).toContain(
      '- *.servicebus.windows.net, TCP port 443, account network-service (seen: cwap-eur1-weur2.servicebus.windows.net)\n',
    );
    expect(text).toContain(
      '- ocsp.digicert.com, TCP port 80, account local-system (not reached in this run: what comes before it failed)\n',
    );
    const [, first, second] = asCsv(requests, known).split('\r\n');
    expect(first).toMatch(/network-service,\*\.servicebus.*,TCP,443,none,.*,yes,/);
    expect(second).toMatch(/local-system,ocsp.digicert.com,TCP,80,,.*,no,/);
  });
});

it.each([
  ['server', 'Windows server'],
  ['host-firewall', 'Windows server'],
  ['resolver', 'DNS'],
  ['proxy', 'proxy'],
  ['edge-firewall', 'firewall'],
  ['syn-proxy', 'firewall'],
  ['link', 'firewall'],
  ['inspector', 'TLS inspection'],
  ['tenant', 'Entra tenant'],
  ['application-host', 'application'],
] as const)('%s is of the %s', (device, administrator) =>
  expect(administratorOf(device)).toBe(administrator),
);

it('requests of one administrator keep their order', () => {
  const asked = (['proxy', 'firewall', 'proxy'] as const).map((administrator, number) => ({
    administrator,
    number,
  }));
  expect(
    byAdministrator(asked).map(({ administrator, requests: own }) => [
      administrator,
      own.map(({ number }) => number),
    ]),
  ).toEqual([
    ['proxy', [0, 2]],
    ['firewall', [1]],
  ]);
});
