import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { createConnectorRequest } from './connector-request.js';
import { ocspRequest } from './ocsp.js';
import { Pki } from './pki.js';
import { day, toPem, x509 } from './x509.js';

const run = promisify(execFile);
const now = Date.now();
let pki: Pki;
let folder: string;

async function openssl(...args: string[]): Promise<string> {
  const { stdout, stderr } = await run('openssl', args).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  return stdout + stderr;
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

function certificates(pem: string): string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}

beforeAll(async () => {
  pki = await Pki.create(now);
  folder = await mkdtemp(join(tmpdir(), 'connector-lab-pki-'));
});

async function listPem(host: string, path: string): Promise<string> {
  const list = await pki.publication(host, path, now);
  return `${x509.PemConverter.encode(Uint8Array.from(list?.body ?? []).buffer, 'X509 CRL')}\n`;
}

async function verify(
  host: string,
  variant: 'good' | 'expired' | 'revoked',
  listHost: string,
  listPath: string,
) {
  const { chainPem } = await pki.leaf(host, variant);
  const [leaf = '', issuer = ''] = certificates(chainPem);
  const lists =
    (await listPem(listHost, listPath)) + (await listPem('crl3.digicert.com', '/lab-global-root-g2.crl'));
  return openssl(
    'verify',
    '-crl_check_all',
    '-x509_strict',
    '-CAfile',
    await file('root.pem', toPem(pki.roots[0]?.der ?? new Uint8Array())),
    '-untrusted',
    await file('issuer.pem', issuer),
    '-CRLfile',
    await file('lists.pem', lists),
    '-verify_hostname',
    host,
    await file('leaf.pem', leaf),
  );
}

describe('server certificates, judged by OpenSSL', () => {
  it('a good one verifies, with every list along the chain', async () => {
    const said = await verify(
      't.bootstrap.msappproxy.net',
      'good',
      'crl4.digicert.com',
      '/lab-bootstrap.crl',
    );
    expect(said).toMatch(/leaf\.pem: OK/);
  });

  it('a revoked one is on the list', async () => {
    await pki.leaf('r.registration.msappproxy.net', 'revoked');
    const said = await verify(
      'r.registration.msappproxy.net',
      'revoked',
      'crl3.digicert.com',
      '/lab-public.crl',
    );
    expect(said).toMatch(/error 23 .*certificate revoked/);
  });

  it('an expired one has expired', async () => {
    const said = await verify(
      'e.bootstrap.msappproxy.net',
      'expired',
      'crl4.digicert.com',
      '/lab-bootstrap.crl',
    );
    expect(said).toMatch(/certificate has expired/);
  });
});

describe('OCSP, judged by OpenSSL', () => {
  it.each([
    ['good', /: good/],
    ['revoked', /: revoked/],
  ] as const)('answers %s, signed', async (variant, status) => {
    const host = `vm1-${variant}.connector.msappproxy.net`;
    const { chainPem } = await pki.leaf(host, variant);
    const [leaf = '', issuer = ''] = certificates(chainPem);
    const serial = new x509.X509Certificate(leaf).serialNumber;
    const request = ocspRequest(new Uint8Array(new x509.X509Certificate(issuer).rawData), serial);
    const response = await pki.ocsp('ocsp.digicert.com', request, now);
    const issuerFile = await file('ocsp-issuer.pem', issuer);
    const said = await openssl(
      'ocsp',
      '-issuer',
      issuerFile,
      '-cert',
      await file('ocsp-leaf.pem', leaf),
      '-respin',
      await file('response.der', response ?? new Uint8Array()),
      '-CAfile',
      await file('ocsp-root.pem', toPem(pki.roots[0]?.der ?? new Uint8Array())),
      '-verify_other',
      issuerFile,
      '-trust_other',
      '-no_nonce',
    );
    expect(said).toMatch(status);
    expect(said).toMatch(/Response verify OK/);
  });

  it.each(['a serial number it never gave', 'a certificate of another issuer'])(
    'does not know %s',
    async (asked) => {
      const ours = certificates((await pki.leaf('vm3.connector.msappproxy.net')).chainPem);
      const others = certificates((await pki.leaf('t.registration.msappproxy.net')).chainPem);
      const [leaf = '', issuer = ''] = asked.startsWith('a serial') ? [undefined, ours[1]] : others;
      const serial = leaf ? new x509.X509Certificate(leaf).serialNumber : '4a'.repeat(12);
      const request = ocspRequest(new Uint8Array(new x509.X509Certificate(issuer).rawData), serial);
      const response = await pki.ocsp('ocsp.digicert.com', request, now);
      const said = await openssl(
        'ocsp',
        '-respin',
        await file('unknown.der', response ?? new Uint8Array()),
        '-noverify',
        '-resp_text',
      );
      expect(said).toMatch(/Cert Status: unknown/);
    },
  );

  it('answers a request that OpenSSL made, nonce and all', async () => {
    const { chainPem } = await pki.leaf('vm2.connector.msappproxy.net');
    const [leaf = '', issuer = ''] = certificates(chainPem);
    const issuerFile = await file('made-issuer.pem', issuer);
    const out = join(folder, 'made.der');
    await openssl('ocsp', '-issuer', issuerFile, '-cert', await file('made-leaf.pem', leaf), '-reqout', out);
    const { readFile } = await import('node:fs/promises');
    const response = await pki.ocsp('ocsp.digicert.com', await readFile(out), now);
    const said = await openssl(
      'ocsp',
      '-respin',
      await file('answer.der', response ?? new Uint8Array()),
      '-noverify',
      '-resp_text',
    );
    expect(said).toMatch(/OCSP Nonce/);
    expect(said).toMatch(/Cert Status: good/);
  });
});

describe('connector certificates', () => {
  it('are asked for with a request that OpenSSL accepts', async () => {
    const { csrDer } = await createConnectorRequest();
    const said = await openssl(
      'req',
      '-inform',
      'DER',
      '-in',
      await file('csr.der', csrDer),
      '-verify',
      '-noout',
      '-text',
    );
    expect(said).toMatch(/verify OK/);
    expect(said).toMatch(/TLS Web Client Authentication/);
  });

  it('are refused where an id could write into the subject', async () => {
    const { csrDer } = await createConnectorRequest();
    const connectorId = '11223344-5566-7788-99aa-bbccddeeff00';
    const issue = pki.connectors.issue({ csrDer, tenantId: 'x, O=Contoso', connectorId, now });
    await expect(issue).rejects.toThrow(/GUID/);
  });

  it('carry tenant and connector, last 180 days, and are nobody else’s', async () => {
    const { csrDer } = await createConnectorRequest();
    const identity = {
      tenantId: '7b0c9a52-4c1e-4d0a-9f3d-2a6f5c1d8e04',
      connectorId: '11223344-5566-7788-99aa-bbccddeeff00',
    };
    const der = await pki.connectors.issue({ csrDer, ...identity, now });
    expect(pki.connectors.examine(der, now)).toEqual({ standing: 'valid', ...identity });
    expect(pki.connectors.examine(der, now + 181 * day).standing).toBe('expired');
    expect(pki.connectors.examine(der, now - 2 * day).standing).toBe('not-yet-valid');
    const stranger = certificates((await pki.leaf('x.msappproxy.net')).chainPem)[0] ?? '';
    const strangerDer = new Uint8Array(new x509.X509Certificate(stranger).rawData);
    expect(pki.connectors.examine(strangerDer, now).standing).toBe('untrusted');
  });
});
