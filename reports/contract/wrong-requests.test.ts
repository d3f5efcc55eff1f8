import { describe, expect, it } from 'vitest';
import { documentedSite } from '../../model/site/documented.js';
import type { RequirementResults, Result } from '../../model/verdict/results.js';
import { changeRequests, type Failure } from './change-requests.js';
import type { ChangeRequest, Target } from './report.js';
import { asCsv } from './request-csv.js';
import { asText } from './request-text.js';

/**
 * Judges what is asked for: a failure that differs in one field is another request in just those fields
 * that follow from it, and a request that differs in one field reads differently. A new field of either
 * does not compile until it has its row.
 */

const site = documentedSite();
const namespace = 'cwap-eur1-weur2.servicebus.windows.net';
const ids = ['hosts/service', 'hosts/revocation', 'hosts/*.servicebus.windows.net/443'];
const required = (id: string, verdict: RequirementResults['verdict'] = 'broken'): RequirementResults => ({
  ...{ id, statement: `${id} is open.`, section: 'Allow access', strength: 'must', hidden: false },
  page: { title: 'A page', address: 'https://learn.test/a', date: '2023-08-09' },
  ...{ verdict, provedBy: ['check'] },
});
const broken = [...ids, 'tls/no-inspection', 'server/dotnet-version', 'ports/outbound-80'].map((id) =>
  required(id),
);

const result: Result = {
  ...{ operation: 'listen', result: 'tcp-drop', server: 's', host: namespace, port: 443 },
  ...{ device: 'edge-firewall', rule: 'default drop', detail: 'silence' },
  ...{ expected: 'listen ok', matched: false, events: ['e1'] },
};
const failure: Failure = { scenario: 'check', site, accounts: ['network-service'], result };
const target: Target = {
  ...{ host: '*.servicebus.windows.net', port: 443, accounts: ['network-service'], observed: [namespace] },
  reached: true,
};
const right: ChangeRequest = {
  ...{ number: 1, administrator: 'firewall', kind: 'allow', scenario: 'check', servers: ['s'] },
  ...{ decidedBy: ['edge-firewall'], rules: ['default drop'], reasons: [] },
  ask: 'Allow outbound connections through edge-firewall from s (account network-service) to the hosts and ports below.',
  ...{ targets: [target], seen: ['listen: tcp-drop'], events: ['e1'] },
  requirements: ['hosts/*.servicebus.windows.net/443', 'hosts/service'],
};

const ask = (one: Failure) => changeRequests([one], broken);
const withResult = (fields: Partial<Result>): Failure => ({ ...failure, result: { ...result, ...fields } });
const told = (text: string, to: string) => right.ask.replace(text, to);

/** What of the request is another where the result is another; nobody asks by the last two. */
const results: {
  [F in Exclude<keyof Result, 'expected' | 'matched'>]-?: [Partial<Result>, Partial<ChangeRequest>];
} = {
  operation: [{ operation: 'bootstrap' }, { seen: ['bootstrap: tcp-drop'] }],
  result: [{ result: 'tcp-reset' }, { seen: ['listen: tcp-reset'] }],
  server: [{ server: 't' }, { servers: ['t'], ask: told('from s', 'from t') }],
  host: [
    { host: 'other.servicebus.windows.net' },
    { targets: [{ ...target, observed: ['other.servicebus.windows.net'] }] },
  ],
  port: [
    { host: 'ocsp.digicert.com', port: 80 },
    {
      targets: [{ ...target, host: 'ocsp.digicert.com', port: 80, observed: [] }],
      requirements: ['hosts/revocation', 'ports/outbound-80'],
    },
  ],
  device: [
    { device: 'host-firewall' },
    {
      decidedBy: ['host-firewall'],
      administrator: 'Windows server',
      ask: told('through edge-firewall', "on the server's own firewall").replace(' from s', ' of s'),
    },
  ],
  rule: [{ rule: 'deny *' }, { rules: ['deny *'] }],
  detail: [{ detail: 'other' }, {}],
  events: [{ events: ['e2', 'e3'] }, { events: ['e2', 'e3'] }],
};

describe('a request follows its failure', () => {
  it('in all that it says', () => {
    expect(ask(failure)).toEqual([right]);
  });

  it.each(Object.entries(results))('where its %s is another', (_, [changed, differs]) => {
    expect(ask(withResult(changed)).map(sorted)).toEqual([sorted({ ...right, ...differs })]);
  });

  it('where its account or its scenario is another', () => {
    expect(ask({ ...failure, accounts: ['local-system'] })).toEqual([
      {
        ...right,
        ask: told('network-service', 'local-system'),
        targets: [{ ...target, accounts: ['local-system'] }],
      },
    ]);
    expect(ask({ ...failure, scenario: 'other' })).toEqual([{ ...right, scenario: 'other' }]);
  });

  it.each([
    [{ device: 'proxy' }, 'proxy'],
    [{ device: 'inspector' }, 'do-not-inspect'],
    [{ device: 'edge-firewall', result: 'dns-nxdomain' }, 'resolve'],
  ] as const)('to whoever decided: %o', (changed, kind) => {
    expect(ask(withResult(changed))[0]?.kind).toBe(kind);
  });

  it('only where a requirement that it breaks is broken', () => {
    const holds = ids.map((id) => required(id, 'holds'));
    expect(changeRequests([failure], holds)).toEqual([]);
    expect(
      changeRequests([failure], [...holds.slice(1), required('hosts/service')])[0]?.requirements,
    ).toEqual(['hosts/service']);
  });
});

/** Another value for each field that a request shows. */
const shown: { [F in Exclude<keyof ChangeRequest, 'kind' | 'scenario'>]-?: ChangeRequest[F] } = {
  ask: 'Do something else.',
  number: 2,
  administrator: 'proxy',
  decidedBy: ['host-firewall'],
  rules: ['deny *'],
  reasons: ['rule 1 fits'],
  servers: ['t'],
  targets: [{ ...target, host: 'other.test' }],
  seen: ['bootstrap: tcp-reset'],
  later: 'nothing fails until then',
  requirements: ['tls/no-inspection'],
  events: ['e7'],
};
const shownOfTarget: { [F in keyof Target]-?: Target[F] } = {
  host: 'other.test',
  port: 8443,
  accounts: ['local-system'],
  observed: ['seen.test'],
  reached: false,
};
const variants: [field: string, ChangeRequest][] = [
  ...Object.entries(shown).map(([field, value]): [string, ChangeRequest] => [
    field,
    { ...right, [field]: value },
  ]),
  ...Object.entries(shownOfTarget).map(([field, value]): [string, ChangeRequest] => [
    `target's ${field}`,
    { ...right, targets: [{ ...target, [field]: value }] },
  ]),
];
const known = new Map(broken.map((one) => [one.id, one]));

describe('the texts of a request', () => {
  it.each(variants)('are others where its %s is another', (field, other) => {
    const run = { startedAt: '2026-11-24T00:04:55.613Z', engine: 'embedded' } as const;
    const text = (request: ChangeRequest) => asText([request], known, 'One deviates.', run);
    const csv = (request: ChangeRequest) => asCsv([request], known);
    expect(text(other)).not.toBe(text(right));
    // What was seen, and the names that were seen, are evidence; a table of rules has no room for it.
    if (!['seen', 'reasons', 'later', "target's observed"].includes(field))
      expect(csv(other)).not.toBe(csv(right));
  });
});

function sorted(request: ChangeRequest): ChangeRequest {
  return { ...request, requirements: [...request.requirements].sort() };
}
