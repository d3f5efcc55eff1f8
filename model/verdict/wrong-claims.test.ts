import { describe, expect, it } from 'vitest';
import type { LabEvent } from '../evidence/event.js';
import type { Phase } from '../evidence/vocabulary.js';
import type { Expectation } from '../scenario/expectation.js';
import { type AdministratorAction, administrationInWords } from '../site/administration.js';
import { siteSchema } from '../site/schema.js';
import { type Claim, failureIn, judge } from './judge.js';
import { administration, decision, operation, reach } from './testing.js';
import { type Field, type Kind, type Of, type Row, rows } from './testing-claims.js';

/**
 * Judges the judge. For every kind of expectation, evidence that is right in all is accepted, and
 * evidence that is wrong in one field alone is not. A new kind, or a new field of one, does not
 * compile until it has its row in `testing-claims.ts`.
 */

const { servers } = siteSchema.parse({ site: 't', servers: [{ name: 's' }, { name: 't' }] });
/** Shows that the change was met, and proves nothing else. */
const met = decision({ connection: 'met', device: 'inspector', rule: 'the change' });

function claim(expected: Expectation, more: Partial<Claim> = {}): Claim {
  const change = [
    {
      describe: 'a change',
      exercised: [{ kind: 'decision', device: 'inspector', rule: 'the change' }],
    } as const,
  ];
  return { site: { servers }, change, expect: [expected], ...more };
}

function during(phase: Phase, events: readonly LabEvent[]): LabEvent[] {
  return events.map((event) => ({ ...event, phase }));
}

/** A row with what is made of it. */
function rowOf<K extends Kind>(kind: K) {
  const row: Row<Of<K>> = rows[kind];
  const { right, wrong, evidence, positive } = row;
  const fields = Object.keys(wrong) as Field<Of<K>>[];
  const other = (field: Field<Of<K>>): Of<K> => ({ ...right, [field]: wrong[field] });
  const good = { ...right, ...positive } as Of<K>;
  const works = [operation(), ...(positive ? evidence(good, 'c0') : [])];
  const run = (change: readonly LabEvent[], control: readonly LabEvent[] = works) => [
    ...during('control', control),
    ...during('change', [met, ...change]),
    ...during('restore', works),
  ];
  return { ...row, good, fields, other, works, run };
}

describe.each(Object.keys(rows) as Kind[])('evidence for an expectation of the kind %s', (kind) => {
  const { evidence, about, positive, unsaid, right, good, fields, other, works, run } = rowOf(kind);
  const judged = (expected: Expectation, events: readonly LabEvent[]) =>
    failureIn(claim(expected), 'change', [met, ...events]);
  const refused = expect.stringMatching(/^change: /);

  it('is accepted where it is right', () => {
    expect(judge(claim(right), run(evidence(right, 'c1')))).toMatchObject({ outcome: 'passed' });
  });

  it.each(fields)('is refused where only %s is wrong, and proves just that', (field) => {
    const wrong = other(field);
    expect(judge(claim(right), run(evidence(wrong, 'c1')))).toMatchObject({ reason: refused });
    expect(judged(wrong, evidence(wrong, 'c1'))).toBeUndefined();
    // What every visit shows, the last one shows too.
    if (field !== 'every') expect(judged(wrong, evidence(right, 'c1'))).toEqual(refused);
  });

  it.each(['control', 'restore'] as const)('is refused where it is of %s', (phase) => {
    const events = [...during(phase, evidence(right, 'c1')), operation({ operation: 'install' })];
    expect(judged(right, events)).toEqual(refused);
  });

  const silence = (means: 'anything' | 'else') =>
    Object.entries<'anything' | { means: unknown }>(unsaid).filter(
      ([, value]) => (value === 'anything') === (means === 'anything'),
    );
  it.each(silence('anything'))('may have any %s where the expectation says none', (field) => {
    const silent = { ...right, [field]: undefined };
    expect(judged(silent, evidence(other(field as Field<Expectation>), 'c1'))).toBeUndefined();
    expect(judged(silent, evidence(right, 'c1'))).toBeUndefined();
  });
  it.each(silence('else'))('has a certain %s where the expectation says none', (field, unsaidValue) => {
    const { means } = Object(unsaidValue) as { means: unknown };
    const silent = { ...right, [field]: undefined };
    const events = [right, other(field as Field<Expectation>)].map((one) => evidence(one, 'c1'));
    const meant = evidence({ ...right, [field]: means }, 'c1');
    expect(judged(silent, meant)).toBeUndefined();
    // What every visit showed was shown by the last one.
    for (const one of events)
      if (field !== 'every' && JSON.stringify(one) !== JSON.stringify(meant))
        expect(judged(silent, one)).toEqual(refused);
  });

  const seen = fields.filter((field) => field !== 'every' && !about.includes(field));
  it.each(seen)('is refused where another %s was seen after it', (field) => {
    const last = { ...right, every: undefined };
    expect(judged(last, [...evidence(right, 'c1'), ...evidence(other(field), 'c2')])).toEqual(refused);
  });

  if (!positive) return;
  const reason = (claimed: Claim, control: readonly LabEvent[]) =>
    judge(claimed, run(evidence(right, 'c1'), control)).reason;
  const changed = (field: string) => ({
    ...good,
    [field]: Object(other(field as Field<Expectation>))[field],
  });

  it.each(fields)('is refused where the control worked in all but %s', (field) => {
    expect(reason(claim(right), evidence(changed(field), 'c0'))).toMatch(/^control: /);
  });

  it.each([...about])('needs a control of its own where the scenario’s is about another %s', (field) => {
    const claimed = claim(right, { control: [changed(field)] });
    const others = evidence(changed(field), 'c2');
    expect(reason(claimed, others)).toMatch(/^control: /);
    expect(reason(claimed, [...works, ...others])).toBeUndefined();
  });

  it('needs the control that the scenario names, where it names one', () => {
    const claimed = claim(right, { control: [right] });
    expect(reason(claimed, evidence(right, 'c0'))).toBeUndefined();
    expect(reason(claimed, works)).toMatch(/^control: /);
  });
});

describe('evidence of an administrator’s change', () => {
  type Action = AdministratorAction['action'];
  type ActionOf<A extends Action> = Extract<AdministratorAction, { action: A }>;
  const actions: { [A in Action]: [right: ActionOf<A>, wrong: Omit<ActionOf<A>, 'action'>] } = {
    'create-group': [{ action: 'create-group', group: 'Oslo' }, { group: 'Lima' }],
    'set-region': [
      { action: 'set-region', group: 'Oslo', region: 'eur' },
      { group: 'Lima', region: 'aus' },
    ],
    'move-connector': [
      { action: 'move-connector', connector: 's', group: 'Oslo' },
      { connector: 't', group: 'Lima' },
    ],
    'assign-application': [
      { action: 'assign-application', application: 'Intranet', group: 'Oslo' },
      { application: 'Payroll', group: 'Lima' },
    ],
    publish: [{ action: 'publish', application: 'Intranet' }, { application: 'Payroll' }],
  };
  const cases = Object.values(actions).flatMap(([right, wrong]) =>
    Object.entries(wrong).map(([field, value]) => [right.action, field, right, { [field]: value }] as const),
  );

  it.each(cases)('%s is refused where only its %s is wrong', (_, __, what, wrong) => {
    const done = administration({
      text: administrationInWords({ ...what, ...wrong } as AdministratorAction),
    });
    const expected = { kind: 'administration', what, outcome: 'done' } as const;
    expect(failureIn(claim(expected), 'change', [met, done])).toMatch(/^change: /);
  });

  it('is of one action only', () => {
    const texts = Object.values(actions).map(([right]) => administrationInWords(right));
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('a result', () => {
  const { right, run, evidence } = rowOf('result');
  const at = (wanted: string, host: string) =>
    judge(claim({ ...right, host: wanted }), run(evidence({ ...right, host }, 'c1'))).outcome;

  it('at a pattern is at any name below it, at any depth, and at no other', () => {
    expect(['a.h.test', 'a.b.h.test'].map((host) => at('*.h.test', host))).toEqual(['passed', 'passed']);
    const others = ['h.test', 'xh.test', 'a.h.test.evil', 'h'].map((host) => at('*.h.test', host));
    expect(others).toEqual(Array(4).fill('failed'));
  });

  it('at a name is at no other that begins or ends like it', () => {
    expect(['h.test', 'xh.test', 'a.h.test', 'h.test.evil', 'h'].map((host) => at('h.test', host))).toEqual([
      'passed',
      ...Array(4).fill('failed'),
    ]);
  });

  it('that nobody expects fails the scenario, whatever else is as expected', () => {
    for (const field of ['operation', 'server'] as const) {
      const beside = evidence({ ...right, [field]: field === 'operation' ? 'listen' : 't' }, 'c2');
      expect(judge(claim(right), run([...evidence(right, 'c1'), ...beside])).reason).toMatch(
        /^change: expected (listen|bootstrap) ok, got/,
      );
    }
  });
});

it('what a server itself reaches is nothing that came from outside', () => {
  const { right } = rowOf('inbound-probe');
  const own = reach({ from: right.server, host: right.server, port: right.port, outcome: right.result });
  expect(failureIn(claim(right), 'change', [met, own])).toMatch(/^change: /);
});
