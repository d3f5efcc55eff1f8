import { describe, expect, it } from 'vitest';
import type { LabEvent } from '../evidence/event.js';
import { documentedInternet } from '../path/testing/flows.js';
import { documentedSite } from '../site/documented.js';
import type { SiteInput } from '../site/schema.js';
import { siteVerdict } from './site-verdict.js';
import { access, attempt, connection, decision, fault, operation, played, runLog, visit } from './testing.js';

const server = 'app-proxy-01';
const closed = 'policykeyservice.dc.ad.msft.net';
const rule = `deny ${closed} port 443`;
/** Everything is open but one helper host of registration. */
const oneClosed = {
  firewall: {
    rules: [
      { deny: closed, port: 443 as const },
      { allow: 'any', port: [80, 443] as (80 | 443)[] },
    ],
  },
};
const worked = (phase: 'control' | 'change') => operation({ machine: server, phase, id: `ok-${phase}` });
/** What the lab saw of an attempt to reach the closed host. */
const stopped = [
  connection({ machine: server, host: closed, connection: 'c1', id: 'e2' }),
  decision({ connection: 'c1', action: 'drop', rule, id: 'e3' }),
  attempt({
    ...{ machine: server, account: 'administrator', stack: 'browser', operation: 'register' },
    ...{ host: closed, connection: 'c1', outcome: 'tcp-drop', id: 'e4' },
  }),
];

/** What `check` says of a site in which this happened, after a control that worked. */
function checked(
  site: Partial<SiteInput>,
  events: readonly LabEvent[],
  control: readonly LabEvent[] = [worked('control')],
) {
  const log = runLog([{ ...played('check'), events: [...control, ...events] }], { check: 'k' });
  log.sites.set('k', documentedSite(site));
  log.internet = documentedInternet().hosts;
  const { check, requirements, scenarios } = siteVerdict(log);
  if (!check) throw new Error('nothing was said of the site');
  const broken = requirements.filter(({ verdict }) => verdict === 'broken').map(({ id }) => id);
  return { ...check, broken, passed: scenarios[0]?.outcome === 'passed', requirements };
}

/** Why its one scenario failed, in words. */
function reasonIn(
  site: Partial<SiteInput>,
  events: readonly LabEvent[],
  control: readonly LabEvent[] = [worked('control')],
) {
  const log = runLog([{ ...played('check'), events: [...control, ...events] }], { check: 'k' });
  log.sites.set('k', documentedSite(site));
  log.internet = documentedInternet().hosts;
  return siteVerdict(log).scenarios[0]?.reason;
}

describe('the verdict on a site', () => {
  it('is that everything works, where everything was done and nothing is in the way', () => {
    const { outcome, passed, broken } = checked({}, [worked('change'), visit()]);
    expect({ outcome, passed, broken }).toEqual({ outcome: 'works', passed: true, broken: [] });
  });

  it('is none where the documented site does not work either', () => {
    const failed = operation({ machine: server, phase: 'control', outcome: 'tcp-drop', host: 'a.test' });
    const { outcome, requests, broken, requirements } = checked(oneClosed, stopped, [failed]);
    expect({ outcome, requests, broken }).toEqual({ outcome: 'control-failed', requests: [], broken: [] });
    expect(new Set(requirements.map(({ verdict }) => verdict))).toEqual(new Set(['unproven']));
    expect(checked({}, [], []).outcome).toBe('control-failed');
  });

  it('is none where the lab failed, whatever had happened until then', () => {
    const one = played('check');
    const events = [worked('control'), ...stopped];
    const ended = {
      kind: 'scenario-end',
      scenario: 'check',
      durationMs: 1,
      error: 'a machine died',
    } as const;
    const log = runLog([{ ...one, events, ended }], { check: 'k' });
    log.sites.set('k', documentedSite(oneClosed));
    const { check, requirements, scenarios } = siteVerdict(log);
    expect(check).toMatchObject({ outcome: 'lab-failed', requests: [] });
    expect(check?.differences).toEqual([{ words: 'a machine died', events: [] }]);
    expect(scenarios[0]).toMatchObject({ labFailed: true, reason: 'the lab failed: a machine died' });
    expect(new Set(requirements.map(({ verdict }) => verdict))).toEqual(new Set(['unproven']));
  });

  it('is one request with its evidence, and what follows from it beside', () => {
    const follows = operation({
      machine: server,
      operation: 'listen',
      outcome: 'refused-by-service',
      id: 'e9',
    });
    const { outcome, requests, consequences, broken, differences } = checked(oneClosed, [
      ...stopped,
      follows,
    ]);
    expect(outcome).toBe('broken');
    expect(differences).toEqual([]);
    expect(requests).toMatchObject([
      {
        ...{ kind: 'open-edge', servers: [server], accounts: ['administrator'], rules: [rule] },
        ...{ targets: [{ host: closed, port: 443, reached: true }], events: ['e4', 'e3'] },
      },
    ]);
    expect(consequences).toMatchObject([{ operation: 'listen', result: 'refused-by-service' }]);
    expect(broken).toEqual(['hosts/registration', `hosts/${closed}/443`]);
  });

  it('says what the run did not reach', () => {
    const { requests } = checked(oneClosed, [worked('change')]);
    expect(requests[0]?.targets).toMatchObject([{ host: closed, reached: false }]);
  });

  it.each([
    [
      'lets through what the walk says is stopped',
      oneClosed,
      stopped
        .map((event) => (event.kind === 'attempt' ? { ...event, outcome: 'ok' as const } : event))
        .filter(({ kind }) => kind !== 'decision'),
    ],
    ['stops what the walk says comes through', {}, stopped],
    [
      'stops it by another rule',
      oneClosed,
      stopped.map((event) => (event.kind === 'decision' ? { ...event, rule: 'another' } : event)),
    ],
    ['fails without any cause', {}, [operation({ machine: server, outcome: 'http-unauthorized' })]],
    ['shows a user another page without any cause', {}, [worked('change'), visit({ page: 'bad-gateway' })]],
  ])('is a contradiction where the lab %s', (_, site, events) => {
    const { outcome, differences, passed } = checked(site, events);
    expect({ outcome, passed }).toEqual({ outcome: 'contradiction', passed: false });
    expect(differences).toHaveLength(1);
  });

  it('tells when a renewal that fails will be felt, and of nothing else that it is felt later', () => {
    const renewal = [
      connection({ machine: server, host: closed, connection: 'c1', id: 'e2', at: Date.UTC(2026, 0, 1) }),
      ...stopped
        .slice(1)
        .map((event) => ({ ...event, ...(event.kind === 'attempt' && { operation: 'renew' as const }) })),
    ];
    expect(checked(oneClosed, renewal).requests[0]?.later).toContain('2026-06-30');
    expect(checked(oneClosed, stopped).requests[0]?.later).toBeUndefined();
  });

  it('charges to the service what the service does itself', () => {
    const told = [
      attempt({
        machine: server,
        outcome: 'http-unauthorized',
        connection: 'c7',
        host: 'login.windows.net',
        account: 'administrator',
        stack: 'browser',
      }),
      fault({ connection: 'c7', fault: 'throttled' }),
    ];
    expect(checked({}, told)).toMatchObject({
      outcome: 'broken',
      ...{ requests: [], broken: [], differences: [] },
      incurable: [{ device: 'cloud', rule: 'throttled', servers: [server] }],
    });
  });

  it('knows what a site file cannot speak of, and says why', () => {
    const { requirements } = checked({}, [worked('change')]);
    const unproven = requirements.filter(({ verdict }) => verdict === 'unproven');
    expect(unproven.filter(({ why }) => !why)).toEqual([]);
    expect(unproven.map(({ id }) => id)).toContain('server/coexists');
    expect(requirements.filter(({ id, verdict }) => id.startsWith('ports/') && verdict !== 'holds')).toEqual(
      [],
    );
  });

  it('is not known, where rules that nobody can judge may be in the way, and says so of what', () => {
    const maybe = {
      firewall: { rules: [{ deny: closed, port: 443 as const, unclear: '-m time' }, { allow: 'any' }] },
    };
    const { outcome, notJudged, requests, requirements } = checked(maybe, [worked('change')]);
    expect({ outcome, requests }).toEqual({ outcome: 'undetermined', requests: [] });
    expect(notJudged).toMatchObject([
      {
        ...{ device: 'edge-firewall', rules: [`deny ${closed} port 443 if -m time`], servers: [server] },
        targets: [{ host: closed, port: 443 }],
      },
    ]);
    expect(requirements.find(({ id }) => id === `hosts/${closed}/443`)).toMatchObject({
      verdict: 'unproven',
      why: `not judged: rules that may or may not be about it ("deny ${closed} port 443 if -m time")`,
    });
    expect(reasonIn(maybe, [worked('change')])).toBe(
      `not judged: ${notJudged.flatMap((one) => one.requirements).join(', ')}`,
    );
  });

  it('says in one line why', () => {
    expect(reasonIn(oneClosed, stopped)).toBe(`broken: hosts/${closed}/443, hosts/registration`);
    expect(reasonIn({}, [worked('change')])).toBeUndefined();
    expect(reasonIn({}, [worked('change')], [])).toBe('not even the documented site works in this lab');
    const odd = operation({ machine: server, outcome: 'http-unauthorized', host: 'h', port: 443 });
    expect(reasonIn({}, [odd])).toBe(
      `${server} bootstrap: http-unauthorized at h:443, and nothing explains it`,
    );
    expect(reasonIn({}, [worked('change'), visit({ page: 'bad-gateway' })])).toContain(
      'saw bad-gateway, and nothing explains it',
    );
  });

  it('is none where a user of the documented site sees something else, or gets no connection', () => {
    const control = [
      worked('control'),
      visit({ phase: 'control', page: 'forbidden', id: 'v1' }),
      access({ phase: 'control', outcome: 'tcp-drop', id: 'a1' }),
    ];
    const { outcome, differences } = checked({}, [worked('change')], control);
    expect(outcome).toBe('control-failed');
    expect(differences).toEqual([
      { words: 'a user at https://a.test/ saw forbidden', events: ['v1'] },
      { words: "a user's connection to h:445: tcp-drop", events: ['a1'] },
    ]);
  });

  it('says of the documented site what failed in it, or that nothing happened', () => {
    const words = (control: LabEvent[]) =>
      checked({}, [worked('change')], control).differences.map((one) => one.words);
    expect(words([])).toEqual(['nothing happened in the documented site']);
    const failed = { machine: server, phase: 'control', outcome: 'tcp-drop' } as const;
    expect(words([operation({ ...failed, host: 'a.test', port: 443 })])).toEqual([
      `${server} bootstrap: tcp-drop at a.test:443`,
    ]);
    expect(words([operation({ ...failed, host: 'a.test' })])).toEqual([
      `${server} bootstrap: tcp-drop at a.test`,
    ]);
    expect(words([operation(failed)])).toEqual([`${server} bootstrap: tcp-drop`]);
  });

  it('tells a failure that follows with its place', () => {
    const follows = operation({
      ...{ machine: server, operation: 'listen', outcome: 'refused-by-service', id: 'e9' },
      ...{ host: 'relay.test', port: 443 },
    });
    expect(checked(oneClosed, [...stopped, follows]).consequences).toEqual([
      {
        ...{ server, operation: 'listen', result: 'refused-by-service', events: ['e9'] },
        ...{ host: 'relay.test', port: 443 },
      },
    ]);
  });

  it('what failed at a host that no request is about only follows', () => {
    const elsewhere = stopped.map((event) =>
      event.kind === 'decision' ? event : { ...event, host: 'login.windows.net' },
    );
    const { requests } = checked(oneClosed, elsewhere);
    expect(requests[0]).toMatchObject({ targets: [{ reached: false }], events: [] });
  });

  it('is what a service does itself once, of all servers, and what is inside it', () => {
    const both = [{ name: server }, { name: 'app-proxy-02' }];
    const told = both.flatMap(({ name: machine }) => [
      attempt({
        ...{ machine, outcome: 'http-unauthorized', connection: `c-${machine}`, host: 'login.windows.net' },
        ...{ account: 'administrator', stack: 'browser', id: `a-${machine}` },
      }),
      fault({ machine, connection: `c-${machine}`, fault: 'throttled', id: `f-${machine}` }),
    ]);
    expect(checked({ servers: both }, told).incurable).toMatchObject([
      {
        ...{ device: 'cloud', rule: 'throttled', servers: [server, 'app-proxy-02'], requirements: [] },
        explanation: 'the service itself does it, at login.windows.net',
        events: [`a-${server}`, `f-${server}`, 'a-app-proxy-02', 'f-app-proxy-02'],
      },
    ]);
  });
});
