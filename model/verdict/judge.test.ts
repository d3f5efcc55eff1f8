import { describe, expect, it } from 'vitest';
import type { LabEvent } from '../evidence/event.js';
import type { Phase } from '../evidence/vocabulary.js';
import { results } from '../scenario/result-expectation.js';
import { type ScenarioSpec, toScenario } from '../scenario/scenario.js';
import { siteSchema } from '../site/schema.js';
import { failureIn, judge } from './judge.js';
import { attempt, decision, operation } from './testing.js';

const spec: ScenarioSpec = {
  title: 't',
  proves: 'ports/outbound-443',
  site: siteSchema.parse({ site: 't', servers: [{ name: 's' }] }),
  change: {
    describe: 'edge-firewall: deny h',
    apply: (site) => site,
    exercised: [{ kind: 'decision', device: 'edge-firewall', rule: 'deny h' }],
  },
  expect: [results.bootstrap.tcpDrop({ host: 'h', device: 'edge-firewall', rule: 'deny h' })],
};
const scenario = toScenario('t', spec);

const works = (phase: Phase): LabEvent[] => [{ ...operation({ outcome: 'ok' }), phase }];
const drop = (rule: string): LabEvent[] => [
  decision({ action: 'drop', rule }),
  attempt({ outcome: 'tcp-drop' }),
  operation({ outcome: 'tcp-drop', host: 'h', port: 443, connection: 'c1' }),
];

describe('judge', () => {
  it('passes where the change breaks what it should, as it should, and nothing else', () => {
    expect(judge(scenario, [...works('control'), ...drop('deny h'), ...works('restore')])).toMatchObject({
      outcome: 'passed',
    });
  });

  it.each([
    [
      'nothing breaks',
      [...works('control'), ...works('change'), ...works('restore')],
      /change: expected bootstrap tcp-drop/,
    ],
    [
      'another rule did it',
      [...works('control'), ...drop('default drop'), ...works('restore')],
      /got bootstrap tcp-drop.*"default drop"/,
    ],
    [
      'the control fails',
      [
        ...drop('deny h').map((event) => ({ ...event, phase: 'control' as const })),
        ...drop('deny h'),
        ...works('restore'),
      ],
      /^control: expected bootstrap ok/,
    ],
    ['it does not recover', [...works('control'), ...drop('deny h')], /^restore: nothing happened/],
    ['nothing ran', [], /^control: nothing happened/],
    [
      'something else fails too',
      [
        ...works('control'),
        ...drop('deny h'),
        operation({ operation: 'listen', outcome: 'tls-expired' }),
        ...works('restore'),
      ],
      /expected listen ok, got listen tls-expired/,
    ],
  ])('fails where %s, and says so', (_, events, reason) => {
    const judged = judge(scenario, events as LabEvent[]);
    expect(judged.outcome).toBe('failed');
    expect(judged.reason).toMatch(reason);
  });

  it('fails where no traffic met the change, even if everything else is as expected', () => {
    const harmless = toScenario('t', { ...spec, expect: [results.bootstrap.ok()] });
    const judged = judge(harmless, [...works('control'), ...works('change'), ...works('restore')]);
    expect(judged.reason).toBe('change: never exercised: no traffic met "edge-firewall: deny h"');
  });
});

describe('why it fails', () => {
  const reasonOf = (change: LabEvent[], of = scenario) =>
    judge(of, [...works('control'), ...change, ...works('restore')]).reason;
  const wanted = 'bootstrap tcp-drop at h by edge-firewall "deny h"';

  it('is told with the place, who decided, and what was said of it', () => {
    expect(reasonOf(drop('default drop'))).toBe(
      `change: expected ${wanted}, got bootstrap tcp-drop at h:443 by edge-firewall "default drop"`,
    );
    expect(reasonOf([operation({ outcome: 'tls-expired', host: 'h', detail: 'it ended' })])).toBe(
      `change: expected ${wanted}, got bootstrap tls-expired at h (it ended)`,
    );
    expect(reasonOf([operation({ outcome: 'tls-expired' })])).toBe(
      `change: expected ${wanted}, got bootstrap tls-expired`,
    );
  });

  it('is what was not seen, where all else was as expected', () => {
    const both = toScenario('t', {
      ...spec,
      expect: [...spec.expect, results.renew.tcpDrop({ host: 'h' })],
    });
    expect(reasonOf(drop('deny h'), both)).toBe(
      'change: expected renew tcp-drop at h, but no such result was seen',
    );
  });

  it('is the first thing that was not as expected, of several phases', () => {
    const late = [{ ...operation({ outcome: 'tls-expired' }), phase: 'restore' as const }];
    expect(judge(scenario, [...works('control'), ...drop('default drop'), ...late]).reason).toMatch(
      /^change: /,
    );
    expect(judge(scenario, [...works('control'), ...drop('deny h'), ...late]).reason).toBe(
      'restore: expected bootstrap ok, got bootstrap tls-expired',
    );
  });

  it('is said of one phase that is over as of all', () => {
    expect(failureIn(scenario, 'control', works('control'))).toBeUndefined();
    expect(failureIn(scenario, 'control', [])).toBe('control: nothing happened');
    expect(failureIn(scenario, 'change', drop('deny h'))).toBeUndefined();
    expect(failureIn(scenario, 'change', works('change'))).toContain('change: expected');
    const harmless = toScenario('t', { ...spec, expect: [results.bootstrap.ok()] });
    expect(failureIn(harmless, 'change', works('change'))).toBe(
      'change: never exercised: no traffic met "edge-firewall: deny h"',
    );
    // No traffic of the control meets a change.
    expect(failureIn(harmless, 'control', works('control'))).toBeUndefined();
  });
});

it('what passed is told phase by phase, with the change that was in force', () => {
  const { reason, phases } = judge(scenario, [...works('control'), ...drop('deny h'), ...works('restore')]);
  expect(reason).toBeUndefined();
  expect(phases.map(({ phase, change }) => [phase, change])).toEqual([
    ['control', undefined],
    ['change', 'edge-firewall: deny h'],
    ['restore', undefined],
  ]);
  expect(phases.every((one) => !('reason' in one))).toBe(true);
});
