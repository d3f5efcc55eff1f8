import type { LabEvent } from '../harness/evidence/event.js';
import { siteSchema } from '../harness/site/schema.js';
import { type RunResults, resultsSchemaName } from '../harness/verdict/results.js';
import { attempt, connection, decision, operation } from '../harness/verdict/testing.js';

/** A run of two scenarios, one passed and one failed, for tests of the reports. */
export function sampleResults(): RunResults {
  const result = {
    operation: 'listen' as const,
    result: 'tcp-drop' as const,
    server: 's',
    host: 'cwap-eur1-weur2.servicebus.windows.net',
    port: 443,
    device: 'edge-firewall',
    rule: 'deny *.servicebus.windows.net',
    expected: 'listen ok',
    matched: false,
    events: ['e3', 'e2'],
  };
  const observation = {
    subject: 'user visits https://x/',
    observed: 'gateway-timeout',
    expected: 'application',
    matched: false,
    events: [],
  };
  return {
    schema: resultsSchemaName,
    engine: 'embedded',
    edition: '2023-08-09',
    startedAt: '2026-11-23T12:00:00.000Z',
    durationMs: 1234,
    summary: { passed: 1, failed: 1, skipped: 0, flaky: 0 },
    scenarios: [
      {
        id: 'area/broken',
        title: 'Something is broken',
        proves: ['ports/outbound-443'],
        outcome: 'failed',
        reason: 'change: expected listen ok, got listen tcp-drop',
        durationMs: 12,
        site: 'k',
        phases: [
          {
            phase: 'change',
            change: 'edge-firewall: deny *',
            results: [result],
            observations: [observation],
          },
        ],
      },
      { id: 'area/good', title: 'Something works', proves: [], outcome: 'passed', durationMs: 3, phases: [] },
    ],
    requirements: [
      {
        id: 'ports/outbound-443',
        statement: 'TCP 443 is open.',
        section: 'Prerequisites',
        strength: 'must',
        hidden: false,
        verdict: 'broken',
        provedBy: ['area/broken'],
      },
    ],
    sites: { k: siteSchema.parse({ site: 'Sample', servers: [{ name: 's' }] }) },
  };
}

/** The evidence behind them. */
export function sampleEvents(): LabEvent[] {
  const scenario = 'area/broken';
  return [
    connection({ id: 'e1', scenario }),
    decision({ id: 'e2', scenario, action: 'drop', rule: 'deny *.servicebus.windows.net' }),
    attempt({ id: 'e3', scenario, operation: 'listen', outcome: 'tcp-drop' }),
    operation({ id: 'e4', scenario, operation: 'listen', outcome: 'tcp-drop' }),
  ];
}
