import { describe, expect, it } from 'vitest';
import { resultsOf } from './results-of.js';
import { attempt, cloud, connection, decision, dns, fault, operation, prerequisite } from './testing.js';

const dropped = decision({ action: 'drop', device: 'edge-firewall', rule: 'default drop' });

describe('resultsOf', () => {
  it('names the device and rule that ended the connection, which the connector cannot know', () => {
    const found = resultsOf([
      connection(),
      dropped,
      attempt({ outcome: 'tcp-drop' }),
      operation({ outcome: 'tcp-drop', connection: 'c1', host: 'h', port: 443 }),
    ]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      result: 'tcp-drop',
      device: 'edge-firewall',
      rule: 'default drop',
      host: 'h',
    });
  });

  it('looks at what a proxy did on behalf of the connection', () => {
    const found = resultsOf([
      connection(),
      decision({ action: 'allow', device: 'proxy', rule: 'allow *' }),
      connection({ connection: 'c2', parent: 'c1' }),
      { ...dropped, connection: 'c2' },
      attempt({ outcome: 'tcp-drop' }),
    ]);
    expect(found[0]).toMatchObject({ device: 'edge-firewall', rule: 'default drop' });
  });

  it('follows a handshake that failed because of another connection', () => {
    const found = resultsOf([
      connection({ connection: 'crl' }),
      { ...dropped, connection: 'crl' },
      attempt({ outcome: 'tls-revocation-offline', because: 'crl' }),
    ]);
    expect(found[0]).toMatchObject({ result: 'tls-revocation-offline', device: 'edge-firewall' });
  });

  it('calls a 403 a lost client certificate only where the cloud saw none', () => {
    const refused = attempt({ outcome: 'http-unauthorized', status: 403 });
    const inspected = decision({ action: 'inspect', device: 'inspector', rule: 'inspect *' });
    expect(resultsOf([inspected, cloud({ clientCertificate: 'missing' }), refused])[0]).toMatchObject({
      result: 'tls-client-certificate-lost',
      device: 'inspector',
    });
    expect(resultsOf([cloud({ clientCertificate: 'expired' }), refused])[0]).toMatchObject({
      result: 'http-unauthorized',
    });
  });

  it('tells a name filter and a forgotten connection from a plain reset or silence', () => {
    const byName = decision({ action: 'reset', device: 'edge-firewall', rule: 'r', byName: true });
    for (const outcome of ['tcp-reset', 'tcp-drop', 'tcp-reject'] as const)
      expect(resultsOf([byName, attempt({ outcome })])[0]?.result).toBe('sni-block');
    const expired = decision({ action: 'expire', device: 'link', rule: 'idle-timeout 2m' });
    expect(resultsOf([expired, attempt({ outcome: 'tcp-drop' })])[0]?.result).toBe('idle-timeout');
  });

  it('blames the resolver for its answers and the server for its facts', () => {
    const answer = dns({ name: 'h', outcome: 'dns-nxdomain', rule: 'nxdomain h' });
    const unresolved = attempt({ outcome: 'dns-nxdomain', connection: undefined });
    expect(resultsOf([answer, unresolved])[0]).toMatchObject({ device: 'resolver', rule: 'nxdomain h' });
    const fact = prerequisite({ fact: 'os-version', met: false });
    expect(
      resultsOf([fact, operation({ operation: 'install', outcome: 'refused-by-installer' })])[0],
    ).toMatchObject({
      device: 'server',
      rule: 'os-version',
    });
  });

  it('keeps a failed attempt beside an operation that went on without it', () => {
    const found = resultsOf([
      dropped,
      attempt({ operation: 'revocation-check', outcome: 'tcp-drop', port: 80 }),
      operation({ operation: 'bootstrap', outcome: 'ok' }),
    ]);
    expect(found.map(({ operation, result }) => `${operation} ${result}`)).toEqual([
      'bootstrap ok',
      'revocation-check tcp-drop',
    ]);
  });
});

describe('what the lab knows of a failure', () => {
  const first = (...events: Parameters<typeof resultsOf>[0]) => resultsOf(events)[0];

  it('is nothing but its place, where nobody decided', () => {
    expect(first(attempt({ outcome: 'tcp-drop', id: 'a1', detail: 'no answer' }))).toEqual({
      ...{ operation: 'bootstrap', result: 'tcp-drop', server: 's', host: 'h', port: 443 },
      ...{ detail: 'no answer', events: ['a1'] },
    });
    expect(first(operation({ id: 'o1', host: 'h', detail: 'fine' }))).toEqual({
      ...{ operation: 'bootstrap', result: 'ok', server: 's', events: ['o1'] },
    });
  });

  it('is cited with the events that show it, those of equal results together', () => {
    const found = resultsOf([
      connection(),
      decision({ action: 'drop', id: 'd1' }),
      attempt({ outcome: 'tcp-drop', id: 'a1' }),
      attempt({ outcome: 'tcp-drop', id: 'a2' }),
      operation({ outcome: 'tcp-drop', id: 'o1', connection: 'c1', host: 'h', port: 443 }),
    ]);
    expect(found.map(({ events }) => events)).toEqual([['a1', 'd1', 'a2', 'o1']]);
  });

  it.each([
    ['server', { machine: 't' }],
    ['operation', { operation: 'renew' }],
    ['result', { outcome: 'tcp-reset' }],
    ['host', { host: 'g' }],
    ['port', { port: 80 }],
  ] as const)('is told apart by %s', (_, other) => {
    const [one, two] = [attempt({ outcome: 'tcp-drop' }), attempt({ outcome: 'tcp-drop', ...other })];
    expect(resultsOf([one, two])).toHaveLength(2);
    expect(resultsOf([one, one])).toHaveLength(1);
  });

  it('is what was needed, of an operation that lacked something', () => {
    expect(first(operation({ outcome: 'not-attempted', prerequisite: 'register' }))?.detail).toBe(
      'needs register',
    );
    expect(first(operation({ outcome: 'tcp-drop', detail: 'no answer' }))?.detail).toBe('no answer');
  });

  it('is in the order of a connector’s life, however it was seen', () => {
    const found = resultsOf([operation({ operation: 'listen' }), operation({ operation: 'install' })]);
    expect(found.map((one) => one.operation)).toEqual(['install', 'listen']);
  });

  it('is the address that a wrong answer gave, whoever stopped it there', () => {
    const astray = [
      dns({ id: 'n1', outcome: 'dns-wrong-answer', addresses: ['10.0.0.1'], rule: 'wrong-address h' }),
      connection({ address: '10.0.0.1' }),
      decision({ action: 'drop', id: 'd1' }),
      attempt({ outcome: 'tcp-drop', id: 'a1' }),
    ];
    expect(first(...astray)).toMatchObject({
      ...{ result: 'dns-wrong-answer', device: 'resolver', rule: 'wrong-address h', events: ['a1', 'n1'] },
    });
    for (const elsewhere of [
      { addresses: ['10.0.0.2'] },
      { machine: 't' },
      { name: 'g' },
      { outcome: 'ok' as const },
    ])
      expect(
        first({ ...(astray[0] as ReturnType<typeof dns>), ...elsewhere }, ...astray.slice(1)),
        JSON.stringify(elsewhere),
      ).toMatchObject({ result: 'tcp-drop', device: 'edge-firewall' });
  });

  it('is a bad day of the service, unless a device surely did it', () => {
    const failed = attempt({ outcome: 'http-unavailable' as never, id: 'a1' });
    expect(first(fault({ id: 'f1' }), failed)).toMatchObject({
      ...{ device: 'cloud', rule: 'throttled', events: ['a1', 'f1'] },
    });
    expect(first(fault({ connection: 'c9' }), failed)).not.toHaveProperty('device');
    for (const action of ['inspect', 'lose', 'present'] as const)
      expect(first(decision({ action }), fault(), failed)).toMatchObject({ device: 'cloud' });
    expect(first(decision({ action: 'drop' }), fault(), failed)).toMatchObject({ device: 'edge-firewall' });
  });

  it('is a reset, or what a name did, also where a proxy says that it was refused', () => {
    const reset = decision({ action: 'reset' });
    expect(first(reset, attempt({ outcome: 'tcp-reject' }))?.result).toBe('tcp-reset');
    expect(first(reset, attempt({ outcome: 'tcp-reset' }))?.result).toBe('tcp-reset');
    expect(first(decision({ action: 'reject' }), attempt({ outcome: 'tcp-reject' }))?.result).toBe(
      'tcp-reject',
    );
    const byName = decision({ action: 'drop', byName: true });
    expect(first(byName, attempt({ outcome: 'tcp-drop' }))?.result).toBe('sni-block');
    expect(first(byName, attempt({ outcome: 'tcp-reject' }))?.result).toBe('sni-block');
  });

  it('is a certificate that did not arrive, only of a refusal, and of its own connection', () => {
    const lost = cloud({ clientCertificate: 'missing' });
    const refused = attempt({ outcome: 'http-unauthorized' });
    expect(first(connection(), lost, refused)?.result).toBe('tls-client-certificate-lost');
    expect(first(lost, attempt({ outcome: 'tcp-reset' }))?.result).toBe('tcp-reset');
    expect(first({ ...lost, status: 401 }, refused)?.result).toBe('http-unauthorized');
    expect(first({ ...lost, connection: 'c9' }, refused)?.result).toBe('http-unauthorized');
    expect(first({ ...lost, connection: undefined }, refused)?.result).toBe('http-unauthorized');
  });

  it('is the last answer of the resolver that was asked, with how it ended there', () => {
    const failed = attempt({ outcome: 'dns-timeout', connection: undefined, id: 'a1' });
    const answers = [
      dns({ id: 'n1', outcome: 'dns-timeout', rule: 'one' }),
      dns({ id: 'n2', outcome: 'dns-timeout', rule: 'two' }),
      dns({ id: 'n3', outcome: 'dns-nxdomain', rule: 'other outcome' }),
      dns({ id: 'n4', outcome: 'dns-timeout', rule: 'other name', name: 'g' }),
      dns({ id: 'n5', outcome: 'dns-timeout', rule: 'other machine', machine: 't' }),
    ];
    expect(first(...answers, failed)).toMatchObject({ rule: 'two', events: ['a1', 'n2'] });
    expect(first(failed)).not.toHaveProperty('rule');
    // What a proxy could not resolve, it tells whoever asked it in words of its own.
    const proxys = dns({ machine: 'proxy', outcome: 'dns-nxdomain', rule: 'nxdomain h' });
    expect(first(proxys, failed)).toMatchObject({ result: 'dns-nxdomain', rule: 'nxdomain h' });
    expect(first({ ...proxys, outcome: 'ok' }, failed)).toMatchObject({ result: 'dns-timeout' });
  });

  it('is who kept the name of a proxy', () => {
    const failed = attempt({
      ...{ outcome: 'proxy-unreachable', connection: undefined, id: 'a1' },
      detail: 'proxy.test: no such name',
    });
    const answer = dns({
      id: 'n1',
      name: 'proxy.test',
      outcome: 'dns-nxdomain',
      rule: 'nxdomain proxy.test',
    });
    expect(first(answer, failed)).toMatchObject({
      ...{
        result: 'proxy-unreachable',
        device: 'resolver',
        rule: 'nxdomain proxy.test',
        events: ['a1', 'n1'],
      },
    });
    expect(first({ ...answer, machine: 't' }, failed)).not.toHaveProperty('device');
    expect(first({ ...answer, outcome: 'ok' }, failed)).not.toHaveProperty('device');
    expect(first({ ...answer, name: 'roxy.test' }, failed)).not.toHaveProperty('device');
  });

  it('is the last fact of the server that was not as needed', () => {
    const refused = operation({ outcome: 'refused-by-installer', id: 'o1' });
    const fact = prerequisite({ met: false, id: 'p1' });
    expect(first(fact, prerequisite({ met: true, fact: 'tls-1.2' as never }), refused)).toMatchObject({
      ...{ device: 'server', rule: 'os-version', events: ['o1', 'p1'] },
    });
    expect(first({ ...fact, machine: 't' }, refused)).not.toHaveProperty('device');
  });
});
