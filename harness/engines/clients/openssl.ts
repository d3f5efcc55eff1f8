import { describe, expect, it } from 'vitest';
import type { CloudFault } from '../../../model/evidence/vocabulary.js';
import { type InLab, names, site, siteWith } from './in-lab.js';

/** The switches of the cloud, as OpenSSL and curl see their effects. */
export function opensslAndCurl(inLab: () => InLab): void {
  const curl = (url: string, ...args: string[]) => inLab().programs.curl(url, ...args);
  const openssl = (command: string, ...more: string[]) => inLab().programs.openssl(command, ...more);
  const faulty = (fault: CloudFault, host: string) => inLab().lab.change(siteWith([{ fault, host }]));
  const mended = () => inLab().lab.change(site);

  describe('OpenSSL looks at the running cloud', () => {
    const client = (host: string) =>
      openssl(
        `s_client -proxy ${inLab().programs.proxy} -connect ${host}:443 -servername ${host} -verify_hostname ${host} -CAfile roots.pem -verify_return_error -showcerts -msg`,
      );
    /** Keeps the chain that a host presents, as `leaf.pem` and `issuer.pem`. */
    async function keepChain(host: string): Promise<void> {
      const shown = await openssl(
        `s_client -proxy ${inLab().programs.proxy} -connect ${host}:443 -servername ${host} -showcerts`,
      );
      const [leaf = '', issuer = ''] =
        shown.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
      await inLab().programs.file('leaf.pem', `${leaf}\n`);
      await inLab().programs.file('issuer.pem', `${issuer}\n`);
    }
    async function fetched(url: string, name: string): Promise<void> {
      await curl(url, '--output', name);
    }

    it('s_client trusts the chain, and is asked for a certificate at bootstrap only', async () => {
      const asked = /CertificateRequest/;
      const bootstrap = await client(names.bootstrap);
      expect(bootstrap).toMatch(/Verify return code: 0 \(ok\)/);
      expect(bootstrap).toMatch(asked);
      const registered = await client(names.registration);
      expect(registered).toMatch(/Verify return code: 0 \(ok\)/);
      expect(registered).not.toMatch(asked);
    });

    it.each([
      ['certificate-expired', /certificate has expired/],
      ['certificate-not-yet-valid', /certificate is not yet valid/],
      ['certificate-wrong-name', /hostname mismatch/],
    ] as const)('s_client sees %s', async (fault, objection) => {
      await faulty(fault, names.bootstrap);
      expect(await client(names.bootstrap)).toMatch(objection);
      await mended();
      expect(await client(names.bootstrap)).toMatch(/Verify return code: 0 \(ok\)/);
    });

    async function verify(): Promise<string> {
      await keepChain(names.bootstrap);
      await fetched('http://crl4.digicert.com/lab-bootstrap.crl', 'one.crl');
      await fetched('http://crl3.digicert.com/lab-global-root-g2.crl', 'two.crl');
      const lists = ['one', 'two'].map((list) => openssl(`crl -inform DER -in ${list}.crl -outform PEM`));
      await inLab().programs.file('lists.pem', (await Promise.all(lists)).join(''));
      return openssl(
        'verify -crl_check_all -x509_strict -CAfile roots.pem -untrusted issuer.pem -CRLfile lists.pem leaf.pem',
      );
    }

    it('verify -crl_check_all, with the lists as they are served', async () => {
      expect(await verify()).toMatch(/leaf\.pem: OK/);
      await faulty('certificate-revoked', names.bootstrap);
      expect(await verify()).toMatch(/certificate revoked/);
      await faulty('revocation-list-stale', 'crl4.digicert.com');
      expect(await verify()).toMatch(/CRL has expired/);
      await mended();
      expect(await verify()).toMatch(/leaf\.pem: OK/);
    });

    it('ocsp, over HTTP', async () => {
      const [host = ''] = names.data;
      const ask = async () => {
        await keepChain(host);
        return openssl(
          `ocsp -issuer issuer.pem -cert leaf.pem -url http://ocsp.digicert.com/ -proxy http://${inLab().programs.proxy} -CAfile roots.pem -verify_other issuer.pem -trust_other`,
        );
      };
      const good = await ask();
      expect(good).toMatch(/leaf\.pem: good/);
      expect(good).toMatch(/Response verify OK/);
      await faulty('ocsp-unknown', 'ocsp.digicert.com');
      expect(await ask()).toMatch(/leaf\.pem: unknown/);
      await faulty('certificate-revoked', host);
      expect(await ask()).toMatch(/leaf\.pem: revoked/);
      await mended();
      const { body } = await curl(
        'http://ocsp.digicert.com/',
        '--data-binary',
        'nonsense',
        '--output',
        'no.der',
      );
      expect(body).toBe('');
      expect(await openssl('ocsp -respin no.der -noverify')).toMatch(/malformedrequest/i);
    });
  });

  const bootstrapUrl = `https://${names.bootstrap}/ConnectorBootstrap`;

  describe('curl feels the other switches', () => {
    it.each([
      ['service-unavailable', [], /^\n?503$|\n503$/],
      ['throttled', ['--include'], /Retry-After: 30[\s\S]*\n429$/],
      ['slow-body', ['--max-time', '0.3'], /timed out/],
      ['half-closed', [], /curl: \(\d+\)/],
    ] as const)('%s', async (fault, more, seen) => {
      await faulty(fault, names.bootstrap);
      const { status, body } = await curl(bootstrapUrl, ...more);
      expect(`${body}\n${status}`).toMatch(seen);
      await mended();
      expect((await curl(bootstrapUrl)).status).toBe(403);
    });
  });
}
