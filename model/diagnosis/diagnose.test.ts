import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.js';
import type { Attempt } from './evidence.js';
import { attempts } from './testing.js';

const named = (...all: readonly Partial<Attempt>[]) =>
  diagnose(attempts(...all)).causes.map(({ rule, scope }) => [rule, scope]);
const silent = { outcome: 'tcp-drop', waitedMs: 21_000 } as const;
const bus = 'a.servicebus.windows.net';
const boot = 't.bootstrap.msappproxy.net';
const list = { host: 'crl3.digicert.com', port: 80, operation: 'revocation-check', stack: 'system' } as const;

describe('where packets are dropped', () => {
  it('names the row of the page, where all its hosts are silent and others are not', () => {
    expect(named({ ...silent }, { host: `g1.${bus}`, ...silent }, { host: boot })).toEqual([
      ['path/dropped', { row: 'hosts/*.servicebus.windows.net/443' }],
    ]);
  });

  it('names hosts of a row, where another one of it answers', () => {
    const gateways = ['g1', 'g2'].map((label) => ({ host: `${label}.servicebus.windows.net`, ...silent }));
    expect(named({}, ...gateways)).toEqual([
      [
        'path/dropped',
        {
          row: 'hosts/*.servicebus.windows.net/443',
          hosts: ['g1.servicebus.windows.net', 'g2.servicebus.windows.net'],
        },
      ],
    ]);
  });

  it('names the port, where every host of it is silent', () => {
    const lists = ['crl3.digicert.com', 'ocsp.digicert.com'].map((host) => ({ ...list, host, ...silent }));
    expect(named({}, ...lists)).toEqual([['path/dropped', { port: 80 }]]);
  });

  it('names the account, where another one gets to the same hosts', () => {
    const admin = { account: 'administrator', stack: 'browser' } as const;
    expect(named({ ...silent }, { host: boot, ...silent }, { ...admin }, { host: boot, ...admin })).toEqual([
      ['path/dropped', { account: 'network-service' }],
    ]);
  });

  it('names two rows, and says no more than that of others', () => {
    expect(
      named({ ...silent }, { ...list, ...silent }, { host: boot }, { ...list, host: 'ocsp.digicert.com' }),
    ).toEqual([
      ['path/dropped', { row: 'hosts/*.servicebus.windows.net/443' }],
      ['path/dropped', { row: 'hosts/crl3.digicert.com/80' }],
    ]);
  });

  it('says that evidence contradicts itself, where the same worked at another time', () => {
    const [cause] = diagnose(attempts({ ...silent }, {})).causes;
    expect(cause).toMatchObject({ contradictory: true, confidence: 'possible' });
  });

  it('takes who goes past a proxy for that, and not for a closed row', () => {
    expect(named({ ...silent }, { host: boot, via: 'proxy.test:8080', stack: 'updater' })).toEqual([
      ['proxy/goes-past', { row: 'hosts/*.servicebus.windows.net/443' }],
    ]);
  });
});

const chain = (issuer: string) => ({
  chain: [{ subject: `CN=${bus}`, issuer: `CN=${issuer}`, notAfter: '' }],
});

describe('which certificates are shown', () => {
  it('takes an authority for a forged one that has a known name in its own', () => {
    expect(
      named({ outcome: 'http-unauthorized', shown: chain('Contoso Microsoft Inspection DigiCert') }),
    ).toEqual([['tls/inspected', { row: 'hosts/*.servicebus.windows.net/443' }]]);
  });

  it('takes inspection that spoils nothing for no cause', () => {
    expect(named({ shown: chain('Contoso CA') })).toEqual([]);
  });

  it('takes a known authority that is not trusted for missing roots', () => {
    expect(named({ outcome: 'tls-untrusted-issuer', shown: chain('DigiCert Global Root G2') })).toEqual([
      ['tls/roots-missing', { row: 'hosts/*.servicebus.windows.net/443' }],
    ]);
  });
});

it('tells a revocation check that fails once, and not once more for the handshake that it spoils', () => {
  const offline = { outcome: 'tls-revocation-offline', because: 'e2' } as const;
  expect(named({ ...offline }, { ...list, ...silent }, { host: boot })).toEqual([
    ['path/dropped', { row: 'hosts/crl3.digicert.com/80' }],
  ]);
});

it('names whoever forges certificates of the service, where only the list that these name is out of reach', () => {
  const forged = { outcome: 'tls-revocation-offline', because: 'e2', shown: chain('Contoso CA') } as const;
  const own = { ...list, ...silent, host: 'pki.contoso.test' } as const;
  expect(named({ ...forged }, { ...own }, { host: boot })).toContainEqual([
    'tls/inspected',
    { row: 'hosts/*.servicebus.windows.net/443' },
  ]);
  const signIn = { ...forged, host: 'login.windows.net', operation: 'sign-in' } as const;
  const rules = named({ ...signIn }, { ...own }, { host: boot }).map(([rule]) => rule);
  expect(rules).not.toContain('tls/inspected');
});

describe('users who wait in vain', () => {
  const nameless = {
    operation: 'deliver',
    purpose: 'ask the application',
    host: 'intranet.contoso.test',
    port: 80,
    outcome: 'dns-nxdomain',
  } as const;
  const meeting = { operation: 'deliver', purpose: 'meet the request at the gateway', host: bus } as const;
  const causes = (...more: readonly Partial<Attempt>[]) =>
    diagnose({
      ...attempts({ ...meeting }, { ...nameless }, ...more),
      pages: [
        { id: 'p1', url: 'https://intranet-contoso.msappproxy.net/', page: 'bad-gateway', status: 502 },
        { id: 'p2', url: 'https://wiki-contoso.msappproxy.net/', page: 'gateway-timeout', status: 504 },
      ],
    }).causes.map(({ rule }) => rule);

  it('are of an application that nobody serves, although another one has no name', () => {
    expect(causes()).toEqual(['application/no-name', 'service/nobody-serves']);
  });

  it('are not, where a connector was asked for it as well', () => {
    expect(causes({ ...meeting })).toEqual(['application/no-name']);
  });

  it('are of one that nobody serves, although responses of others do not come back, and which is not said', () => {
    const back = { ...meeting, purpose: 'bring the response', host: 'vm1.connector.msappproxy.net' } as const;
    const lost = ['intranet', 'wiki'].map((name, at) => ({
      ...{ id: `p${at}`, url: `https://${name}-contoso.msappproxy.net/` },
      ...{ page: 'gateway-timeout' as const, status: 504 },
    }));
    const { causes: both } = diagnose({
      ...attempts({}, { ...meeting }, { ...back, outcome: 'dns-nxdomain' }),
      pages: lost,
    });
    expect(both).toMatchObject([
      {
        rule: 'service/nobody-serves',
        confidence: 'possible',
        seen: '1 of 2 requests came to no connector',
        scope: { hosts: ['intranet-contoso.msappproxy.net', 'wiki-contoso.msappproxy.net'] },
      },
      { rule: 'names/no-such-name' },
    ]);
  });

  it('are of one that nobody serves, although the connector cannot be registered anew', () => {
    const register = { operation: 'register', host: 't.registration.msappproxy.net', ...silent } as const;
    expect(causes({ ...register })).toEqual(['path/dropped', 'application/no-name', 'service/nobody-serves']);
  });

  it('are not, where no connector listens', () => {
    expect(causes({ ...silent, host: `g1.${bus}` })).not.toContain('service/nobody-serves');
  });
});

describe('what else is on the server', () => {
  const fact = { id: 'f1', server: 'app-proxy-01', met: false } as const;
  const http2 = { ...fact, fact: 'http2-for-kerberos', found: 'HTTP/2', needed: 'HTTP/1.1' } as const;
  const refused = { operation: 'deliver', outcome: 'http-unauthorized', server: 'app-proxy-01' } as const;
  const forbidden = (id: string) =>
    ({ id, url: `https://${id}.msappproxy.net/`, page: 'forbidden', status: 403 }) as const;

  it('is named, where the updater of another program keeps updates away', () => {
    const { causes, unexplained } = diagnose({
      ...attempts({}),
      operations: [
        { id: 'o1', server: 'app-proxy-01', operation: 'update', outcome: 'refused-by-installer' },
      ],
      facts: [{ ...fact, fact: 'no-password-protection-proxy', found: 'another', needed: 'its own' }],
    });
    expect(causes).toMatchObject([
      { rule: 'server/no-password-protection-proxy', confidence: 'certain', evidence: ['f1', 'o1'] },
    ]);
    expect(unexplained).toEqual([]);
  });

  it('is named, where HTTP/2 keeps users of Kerberos out, with what these saw', () => {
    const evidence = {
      ...attempts({}),
      operations: [{ id: 'o1', ...refused }],
      facts: [http2],
      pages: [forbidden('p1')],
    };
    const { causes, unexplained } = diagnose(evidence);
    expect(causes).toMatchObject([
      {
        rule: 'server/http2-for-kerberos',
        scope: { server: 'app-proxy-01' },
        seen: 'found HTTP/2, needed HTTP/1.1',
        evidence: ['f1', 'o1', 'p1'],
      },
    ]);
    expect(unexplained).toEqual([]);
    // One user more than came back so: an application that refuses by itself.
    const more = diagnose({ ...evidence, pages: [forbidden('p1'), forbidden('p2')] });
    expect(more.unexplained.map(({ id }) => id)).toEqual(['p1', 'p2']);
  });

  it('is not blamed for a ticket that an application refuses over HTTP/1.1', () => {
    const { causes, outcome } = diagnose({
      ...attempts({}),
      operations: [{ id: 'o1', ...refused }],
      facts: [{ ...http2, found: 'HTTP/1.1', met: true }],
      pages: [forbidden('p1')],
    });
    expect({ causes, outcome }).toEqual({ causes: [], outcome: 'undetermined' });
  });
});

it('finds no cause where everything works, and none where nothing was tried', () => {
  expect(diagnose(attempts({}))).toMatchObject({ causes: [], unexplained: [], outcome: 'nothing wrong' });
  expect(diagnose(attempts())).toMatchObject({ causes: [], outcome: 'nothing observed' });
});

it('says so where no rule explains what failed', () => {
  const { causes, unexplained, outcome } = diagnose({
    ...attempts({}),
    operations: [{ id: 'o1', server: 'app-proxy-01', operation: 'renew', outcome: 'refused-by-service' }],
  });
  expect({ causes, outcome }).toEqual({ causes: [], outcome: 'undetermined' });
  expect(unexplained).toMatchObject([{ id: 'o1' }]);
});

it('says of an operation whether it was observed at all', () => {
  const { operations } = diagnose(attempts({}));
  const of = (name: string) => operations.find(({ operation }) => operation === name)?.evidence;
  expect([of('listen'), of('renew')]).toEqual(['counted', 'not observed']);
});
