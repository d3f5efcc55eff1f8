import { describe, expect, it } from 'vitest';
import { resultsOf } from './results-of.js';
import { attempt, cloud, connection, decision, dns, operation, prerequisite } from './testing.js';

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
