import { describe, expect, it } from 'vitest';
import type { LabEvent } from '../evidence/event.js';
import type { Device, Phase } from '../evidence/vocabulary.js';
import type { Expectation } from '../scenario/expectation.js';
import { type AdministratorAction, administrationInWords } from '../site/administration.js';
import { siteSchema } from '../site/schema.js';
import { type Claim, failureIn, judge } from './judge.js';
import {
  access,
  administration,
  attempt,
  decision,
  dns,
  operation,
  portal,
  reach,
  visit,
  windowsLog,
} from './testing.js';

/**
 * Judges the judge. For every kind of expectation, evidence that is right in all is accepted, and
 * evidence that is wrong in one field alone is not. A new kind, or a new field of one, does not
 * compile until it has its rows here.
 */

type Kind = Expectation['kind'];
type Of<K extends Kind> = Extract<Expectation, { kind: K }>;
type Field<E> = Exclude<keyof E, 'kind'>;
type Optional<E> = { [F in Field<E>]: undefined extends E[F] ? F : never }[Field<E>];

interface Row<E> {
  right: E & Required<E>;
  /** Another value of each field. */
  wrong: { [F in Field<E>]-?: E[F] | undefined };
  /** What a field means where an expectation does not say it: nothing, or a certain value. */
  unsaid: { [F in Optional<E>]-?: 'anything' | { means: E[F] } };
  /** Fields that say what is looked at; the others say what is seen there. */
  about: readonly Field<E>[];
  /** What the expectation is in control and restore, where nobody says it. */
  positive?: Partial<E>;
  /** Events that prove exactly this. */
  evidence(expected: E, connection: string): LabEvent[];
}

const decisionOf = (
  { device = 'edge-firewall', rule = 'default drop' }: { device?: Device; rule?: string },
  connection: string,
) => decision({ connection, action: 'drop', device, rule } as Parameters<typeof decision>[0]);

const rows: { [K in Kind]: Row<Of<K>> } = {
  result: {
    right: {
      ...{ kind: 'result', operation: 'bootstrap', result: 'tcp-drop', server: 's', host: 'h', port: 443 },
      ...{ device: 'edge-firewall', rule: 'default drop' },
    },
    wrong: {
      ...{ operation: 'listen', result: 'tcp-reset', server: 't', host: 'i', port: 80 },
      ...{ device: 'host-firewall', rule: 'deny h' },
    },
    unsaid: {
      ...{ server: { means: 's' }, host: 'anything', port: 'anything' },
      ...{ device: 'anything', rule: 'anything' },
    },
    about: ['operation', 'server'],
    evidence: (
      { operation: what, result: outcome, server: machine = 's', host, port, ...by },
      connection,
    ) => {
      const seen = { machine, operation: what, outcome, host, port, connection };
      return [decisionOf(by, connection), attempt(seen), operation(seen)];
    },
  },
  visit: {
    right: { kind: 'visit', url: 'https://a.test/', page: 'bad-gateway', user: 'mira', every: true },
    wrong: { url: 'https://b.test/', page: 'gateway-timeout', user: 'noah', every: undefined },
    unsaid: { user: 'anything', every: { means: undefined } },
    about: ['url', 'user'],
    positive: { page: 'application' },
    evidence: ({ url, page, user, every }) => [
      visit({ url, user, page: every ? page : 'forbidden' }),
      visit({ url, user, page }),
    ],
  },
  access: {
    right: { kind: 'access', host: 'h', port: 53, user: 'mira', protocol: 'udp', result: 'tcp-drop' },
    wrong: { host: 'i', port: 445, user: 'noah', protocol: 'tcp', result: 'tcp-reset' },
    unsaid: { user: 'anything', protocol: { means: 'tcp' } },
    about: ['host', 'port', 'user', 'protocol'],
    positive: { result: 'ok' },
    evidence: ({ kind: _, result: outcome, ...where }) => [access({ ...where, outcome })],
  },
  administration: {
    right: {
      ...{ kind: 'administration', outcome: 'BadRequest', user: 'admin' },
      what: { action: 'publish', application: 'Intranet' },
    },
    wrong: { outcome: 'Forbidden', user: 'mira', what: { action: 'publish', application: 'Payroll' } },
    unsaid: { user: 'anything' },
    about: ['what', 'user'],
    positive: { outcome: 'done' },
    evidence: ({ what, user, outcome }) => [
      administration({ text: administrationInWords(what), outcome, ...(user !== undefined && { user }) }),
    ],
  },
  portal: {
    right: { kind: 'portal', connector: 's', status: 'inactive', version: '1.2', group: 'Oslo' },
    wrong: { connector: 't', status: 'absent', version: '1.3', group: 'Lima' },
    unsaid: { version: 'anything', group: 'anything' },
    about: ['connector'],
    positive: { status: 'active' },
    evidence: ({ kind: _, ...shown }) => [portal(shown)],
  },
  reach: {
    right: {
      ...{ kind: 'reach', from: 's', account: 'network-service', host: 'h', port: 443 },
      ...{ result: 'tcp-drop', device: 'edge-firewall', rule: 'default drop' },
    },
    wrong: {
      ...{ from: 't', account: 'local-system', host: 'i', port: 80 },
      ...{ result: 'tcp-reject', device: 'host-firewall', rule: 'deny h' },
    },
    unsaid: { device: 'anything', rule: 'anything' },
    about: ['from', 'account', 'host', 'port'],
    evidence: ({ kind: _, result: outcome, device, rule, ...where }, connection) => [
      decisionOf({ device, rule }, connection),
      reach({ ...where, outcome, connection }),
    ],
  },
  resolve: {
    right: {
      ...{ kind: 'resolve', from: 's', account: 'network-service', name: 'h' },
      ...{ result: 'dns-nxdomain', device: 'resolver', rule: 'zone h' },
    },
    wrong: {
      ...{ from: 't', account: 'local-system', name: 'i' },
      ...{ result: 'dns-timeout', device: 'host-firewall', rule: 'zone i' },
    },
    unsaid: { device: 'anything', rule: 'anything' },
    about: ['from', 'account', 'name'],
    evidence: ({ from: machine, account, name, result: outcome, device = 'resolver', rule = 'zone h' }) => [
      dns({ machine, account, name, outcome, device, rule }),
    ],
  },
  'inbound-probe': {
    right: { kind: 'inbound-probe', server: 's', port: 443, result: 'tcp-drop' },
    wrong: { server: 't', port: 3389, result: 'tcp-reject' },
    unsaid: {},
    about: ['server', 'port'],
    evidence: ({ server: host, port, result: outcome }) => [reach({ from: 'outside', host, port, outcome })],
  },
  log: {
    right: { kind: 'log', id: 1000, text: 'certificate' },
    wrong: { id: 1001, text: 'network' },
    unsaid: { id: 'anything' },
    about: ['id', 'text'],
    evidence: ({ id: eventId, text }) => [windowsLog({ eventId, text: `The ${text} …` })],
  },
};

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
