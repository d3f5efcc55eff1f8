import { describe, expect, it } from 'vitest';
import type { EventOf, LabEvent } from '../evidence/event.js';
import { type Change, isExercised } from '../scenario/change.js';
import type { Trace } from '../scenario/trace.js';
import type { MatchName } from '../site/match/index.js';
import { siteSchema } from '../site/schema.js';
import { type Claim, failureIn, judge } from './judge.js';
import {
  application,
  attempt,
  cloud,
  connection,
  decision,
  fault,
  operation,
  prerequisite,
  service,
} from './testing.js';

/** Judges the proof that a change was met. A new field of a trace does not compile without its row. */

type Field<T> = T extends Trace ? keyof T : never;
type Plain = Exclude<Field<Trace>, 'host'>;

/** For each field: a trace, an event that carries it, and one that differs in this field alone. */
const fields: {
  [F in Plain]-?: [trace: Trace & { [_ in F]: unknown }, right: LabEvent, wrong: LabEvent];
} = {
  kind: [
    { kind: 'attempt', operation: 'listen' },
    attempt({ operation: 'listen' }),
    operation({ operation: 'listen' }),
  ],
  device: [
    { kind: 'decision', device: 'proxy', rule: 'allow h' },
    decision({ device: 'proxy' }),
    decision({ device: 'inspector' }),
  ],
  rule: [
    { kind: 'decision', device: 'edge-firewall', rule: 'a' },
    decision({ rule: 'a' }),
    decision({ rule: 'b' }),
  ],
  action: [
    { kind: 'decision', action: 'expire' },
    decision({ action: 'expire' }),
    decision({ action: 'delay' }),
  ],
  fact: [
    { kind: 'prerequisite', fact: 'os-version' },
    prerequisite({ fact: 'os-version' }),
    prerequisite({ fact: 'ie-esc' }),
  ],
  fault: [
    { kind: 'fault', fault: 'throttled' },
    fault({ fault: 'throttled' }),
    fault({ fault: 'slow-body' }),
  ],
  service: [
    { kind: 'service', service: 'updater' },
    service({ service: 'updater' }),
    service({ service: 'connector' }),
  ],
  machine: [{ kind: 'service', machine: 's' }, service({ machine: 's' }), service({ machine: 't' })],
  application: [
    { kind: 'application', application: 'Intranet' },
    application({ application: 'Intranet' }),
    application({ application: 'Payroll' }),
  ],
  path: [{ kind: 'cloud', path: '/a' }, cloud({ path: '/a' }), cloud({ path: '/a/b' })],
  detail: [{ kind: 'cloud', detail: 'd' }, cloud({ detail: 'd' }), cloud({ detail: 'e' })],
  operation: [
    { kind: 'operation', operation: 'renew' },
    operation({ operation: 'renew' }),
    operation({ operation: 'update' }),
  ],
  outcome: [
    { kind: 'operation', outcome: 'tcp-drop' },
    operation({ outcome: 'tcp-drop' }),
    operation({ outcome: 'ok' }),
  ],
};

const shownBy = (trace: Trace, ...events: LabEvent[]) => isExercised({ exercised: [trace] }, events);

describe('a change was met', () => {
  it.each(Object.entries(fields))('only where %s is as its trace says', (field, [trace, right, wrong]) => {
    expect(shownBy(trace, right)).toBe(true);
    expect(shownBy(trace, wrong)).toBe(false);
    const rest = Object.fromEntries(Object.entries(trace).filter(([key]) => key !== field));
    expect(shownBy(rest as Trace, wrong)).toBe(true);
  });

  it('where one event has all that a trace says', () => {
    const trace: Trace = { kind: 'decision', device: 'edge-firewall', rule: 'a' };
    const halves = [decision({ rule: 'b' }), decision({ device: 'inspector', rule: 'a' })];
    expect(shownBy(trace, ...halves)).toBe(false);
    expect(shownBy(trace, ...halves, decision({ rule: 'a' }))).toBe(true);
  });

  it('where an event carries one of its traces, and not where there is none', () => {
    const change: Pick<Change, 'exercised'> = {
      exercised: [{ kind: 'fault' }, { kind: 'decision', device: 'proxy' }],
    };
    expect(isExercised(change, [decision({ device: 'proxy' })])).toBe(true);
    expect(isExercised(change, [fault()])).toBe(true);
    expect(isExercised(change, [operation()])).toBe(false);
    expect(isExercised({ exercised: [] }, [operation()])).toBe(false);
  });
});

describe('a change of a host was met', () => {
  /** Names that a pattern takes, and names that it does not. */
  const matches: {
    [M in Extract<MatchName, 'exact' | 'suffix' | 'one-label' | 'any'>]: [string, string[], string[]];
  } = {
    exact: ['h.test', ['h.test', 'H.test.'], ['a.h.test', 'i.test']],
    suffix: ['*.h.test', ['a.h.test', 'a.b.h.test'], ['h.test', 'xh.test']],
    'one-label': ['*.h.test', ['a.h.test'], ['a.b.h.test', 'h.test']],
    any: ['any', ['h.test', 'i'], []],
  };
  const flowTo = (host: string): EventOf<'decision'>['flow'] => ({ ...decision().flow, host });

  it.each(Object.entries(matches))(
    'only where the name is one of the pattern: %s',
    (match, [pattern, right, wrong]) => {
      const host = { pattern, match: match as MatchName };
      for (const [names, found] of [
        [right, true],
        [wrong, false],
      ] as const)
        for (const name of names) {
          expect(shownBy({ kind: 'decision', host }, decision({ flow: flowTo(name) })), name).toBe(found);
          expect(shownBy({ kind: 'connection', host }, connection({ host: name })), name).toBe(found);
        }
    },
  );

  it('only by the event that carries the rest of its trace', () => {
    const trace: Trace = {
      kind: 'decision',
      device: 'edge-firewall',
      rule: 'default drop',
      host: { pattern: 'h', match: 'exact' },
    };
    const others = [
      decision({ rule: 'default drop', flow: flowTo('i') }),
      decision({ rule: 'r', flow: flowTo('h') }),
    ];
    expect(shownBy(trace, ...others, connection({ host: 'h' }))).toBe(false);
    expect(shownBy(trace, operation())).toBe(false);
    expect(shownBy(trace, decision({ rule: 'default drop', flow: flowTo('h') }))).toBe(true);
  });
});

describe('a scenario whose change was not met', () => {
  const { servers } = siteSchema.parse({ site: 't', servers: [{ name: 's' }] });
  const rules = (...names: string[]): Claim => ({
    site: { servers },
    change: names.map((rule) => ({
      describe: `change ${rule}`,
      exercised: [{ kind: 'decision', device: 'edge-firewall', rule }],
    })),
    expect: [],
  });
  const phased = (change: LabEvent[], control: LabEvent[] = []) => [
    ...[operation(), ...control].map((event): LabEvent => ({ ...event, phase: 'control' })),
    ...[operation(), ...change],
    { ...operation(), phase: 'restore' as const },
  ];

  it('fails, also where it was met in another phase', () => {
    const met = decision({ rule: 'a' });
    expect(judge(rules('a'), phased([met])).outcome).toBe('passed');
    for (const events of [phased([]), phased([], [met])]) {
      expect(judge(rules('a'), events).reason).toMatch(/never exercised: .*"change a"/);
      expect(failureIn(rules('a'), 'change', events)).toMatch(/never exercised/);
    }
    expect(judge(rules('a'), phased([{ ...met, phase: 'restore' }])).outcome).toBe('failed');
  });

  it('fails where only one of its changes was met, and names the other', () => {
    const events = phased([decision({ rule: 'a' })]);
    expect(judge(rules('a', 'b'), events).reason).toMatch(/"change b"/);
    expect(judge(rules('b', 'a'), events).reason).toMatch(/"change b"/);
    expect(judge(rules('a', 'b'), phased([decision({ rule: 'a' }), decision({ rule: 'b' })])).outcome).toBe(
      'passed',
    );
  });
});
