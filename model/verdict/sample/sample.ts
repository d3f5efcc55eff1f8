import type { LabEvent } from '../../evidence/event.js';
import { siteSchema } from '../../site/schema.js';
import type { Result, RunResults, ScenarioResults } from '../results.js';
import { host, rule, sampleEvents } from './events.js';

/** What a report is made of. */
export interface Sample {
  results: RunResults;
  events: LabEvent[];
}

/** Results and events for the tests of the reports: one scenario that passed, one failed, one skipped. */
export function sample(): Sample {
  return { results: sampleResults(), events: sampleEvents('verify/signalling') };
}

/** As many scenarios as wanted, like those of {@link sample}, each with its events. */
export function sampleOf(count: number): Sample {
  const { results } = sample();
  const scenarios = Array.from({ length: count }, (_, index): ScenarioResults => {
    const like = results.scenarios[index % results.scenarios.length] as ScenarioResults;
    return { ...like, id: `${like.id.split('/')[0]}/number-${index}`, title: `${like.title}, ${index}` };
  });
  const events = sampleEvents('');
  return {
    results: { ...results, scenarios },
    events: scenarios.flatMap(({ id }) => events.map((event) => ({ ...event, scenario: id }))),
  };
}

const dropped = `listen tcp-drop at *.servicebus.windows.net:443 by edge-firewall "${rule}"`;

function sampleResults(): RunResults {
  const passed: ScenarioResults = {
    id: 'verify/signalling',
    title: 'No signalling: the portal stays green',
    proves: ['hosts/service'],
    outcome: 'passed',
    durationMs: 161,
    site: 'headquarters',
    phases: [
      { phase: 'control', results: [result({ result: 'ok', expected: 'listen ok' })], observations: [] },
      {
        phase: 'change',
        change: `edge-firewall: ${rule}`,
        results: [
          result({ host, port: 443, device: 'edge-firewall', rule, events: ['e4', 'e5'] }),
          result({ operation: 'deliver', result: 'not-attempted', expected: 'deliver not-attempted' }),
        ],
        observations: [
          {
            subject: 'portal, app-proxy-01',
            observed: 'active',
            expected: 'active',
            matched: true,
            events: ['e6'],
          },
        ],
      },
      { phase: 'restore', results: [result({ result: 'ok', expected: 'listen ok' })], observations: [] },
    ],
  };
  const failed: ScenarioResults = {
    ...passed,
    id: 'tls/issuer',
    title: 'The server does not know the inspector',
    proves: ['tls/no-inspection'],
    outcome: 'failed',
    reason: 'change: expected tls-untrusted-issuer by inspector, observed tcp-drop by edge-firewall',
  };
  const skipped: ScenarioResults = {
    ...passed,
    id: 'link/loss',
    title: 'Half of the packets are lost',
    proves: [],
    outcome: 'skipped',
    reason: 'the embedded engine cannot lose packets',
    phases: [],
  };
  const section = 'Prepare › Allow access';
  const hidden = { strength: 'must', hidden: true, section: 'not on the page' } as const;
  const page = {
    title: 'Add an application',
    address: 'https://learn.microsoft.com/add',
    date: '2023-08-09',
  };
  const requirement = { strength: 'must', hidden: false, section, page } as const;
  return {
    schema: 'connector-lab/results@2',
    engine: 'embedded',
    edition: '2023-08-09',
    startedAt: '2026-11-24T00:04:55.613Z',
    durationMs: 12_842,
    summary: { passed: 1, failed: 1, skipped: 1, flaky: 0 },
    scenarios: [passed, failed, skipped],
    requirements: [
      {
        ...requirement,
        id: 'hosts/service',
        statement: 'The hosts of the service must be open.',
        verdict: 'holds',
        provedBy: ['verify/signalling'],
      },
      {
        ...requirement,
        id: 'tls/no-inspection',
        statement: 'Nothing must end TLS on the way.',
        verdict: 'broken',
        provedBy: ['tls/issuer'],
      },
      {
        ...hidden,
        id: 'hidden/renewal',
        statement: 'The renewal host must be open.',
        verdict: 'unproven',
        provedBy: [],
      },
    ],
    sites: { headquarters: siteSchema.parse({ site: 'Headquarters' }) },
  };
}

function result(fields: Partial<Result>): Result {
  return {
    operation: 'listen',
    result: 'tcp-drop',
    server: 'app-proxy-01',
    expected: dropped,
    matched: true,
    events: [],
    ...fields,
  };
}
