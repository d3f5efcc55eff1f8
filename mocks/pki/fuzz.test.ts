import { X509Certificate } from 'node:crypto';
import * as ocsp from '@peculiar/asn1-ocsp';
import { AsnConvert } from '@peculiar/asn1-schema';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { RequestRefusedError } from './connector-authority.js';
import { createConnectorRequest } from './connector-request.js';
import { ocspRequest } from './ocsp.js';
import { Pki } from './pki.js';
import { x509 } from './x509.js';

/** Whatever bytes come: an answer as the protocol has it, and soon. */
const runs = { numRuns: 200, interruptAfterTimeLimit: 300_000, markInterruptAsFailure: true };
const now = Date.UTC(2026, 5, 1);
const id = '7b0c9a52-4c1e-4d0a-9f3d-2a6f5c1d8e04';
let pki: Pki;
let csr: Uint8Array;
let asked: Uint8Array;

beforeAll(async () => {
  pki = await Pki.create(now);
  csr = (await createConnectorRequest()).csrDer;
  const issuer = (await pki.leaf('vm1.connector.msappproxy.net')).chainPem.split(/(?=-----BEGIN)/)[1] ?? '';
  asked = ocspRequest(new Uint8Array(new x509.X509Certificate(issuer).rawData), '4a'.repeat(12));
});

/** Some bytes of a good message are others, or it is cut off. */
function spoiled(good: Uint8Array, { at, bytes, end }: { at: number; bytes: Uint8Array; end: number }) {
  const copy = Uint8Array.from(good);
  copy.set(bytes.subarray(0, Math.max(0, copy.length - (at % copy.length))), at % copy.length);
  return copy.subarray(0, Math.max(1, copy.length - (end % copy.length)));
}
const spoiling = fc.record({
  at: fc.nat(2000),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
  end: fc.oneof(fc.constant(0), fc.nat(500)),
});

describe('certificate requests', () => {
  const issue = (csrDer: Uint8Array) => pki.connectors.issue({ csrDer, tenantId: id, connectorId: id, now });

  /** The key that a certificate is about. */
  const keyIn = (der: Uint8Array) =>
    new X509Certificate(der).publicKey.export({ type: 'spki', format: 'pem' });

  it('spoiled are refused, or certify what was signed: no other key', async () => {
    const wanted = keyIn(await issue(csr));
    await fc.assert(
      fc.asyncProperty(spoiling, async (how) => {
        const issued = await issue(spoiled(csr, how)).catch((error: unknown) => error);
        if (issued instanceof Uint8Array) expect(keyIn(issued)).toBe(wanted);
        else expect(issued).toBeInstanceOf(RequestRefusedError);
      }),
      // The outermost length, for which no signature stands, is less than what follows.
      { ...runs, examples: [[{ at: 3, bytes: Uint8Array.from([0]), end: 0 }]] },
    );
  });

  it('are refused where a bit of what was signed is another', async () => {
    // After the lengths of the request and of what is signed, and before the signature.
    const signed = fc.record({ at: fc.integer({ min: 8, max: csr.length - 90 }), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(signed, async ({ at, bit }) => {
        const bytes = Uint8Array.from(csr);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        await expect(issue(bytes)).rejects.toBeInstanceOf(RequestRefusedError);
      }),
      runs,
    );
  });

  it('that are noise are refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        await expect(issue(bytes)).rejects.toBeInstanceOf(RequestRefusedError);
      }),
      runs,
    );
  });
});

describe('responders', () => {
  const statusOf = async (request: Uint8Array) => {
    const answer = await pki.ocsp('ocsp.digicert.com', request, now);
    return AsnConvert.parse(answer ?? new Uint8Array(), ocsp.OCSPResponse).responseStatus;
  };
  const { successful, malformedRequest } = ocsp.OCSPResponseStatus;

  it('answer spoiled requests, or say that they are none', async () => {
    expect(await statusOf(asked)).toBe(successful);
    await fc.assert(
      fc.asyncProperty(spoiling, async (how) => {
        expect([successful, malformedRequest]).toContain(await statusOf(spoiled(asked, how)));
      }),
      // An algorithm that can be read, and not written again.
      { ...runs, examples: [[{ at: 15, bytes: Uint8Array.from([0, 0, 0, 0, 23]), end: 0 }]] },
    );
  });

  it('say of noise that it is no request', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect(await statusOf(bytes)).toBe(malformedRequest);
      }),
      runs,
    );
  });

  it('do not sign about more certificates than anybody would ask for', async () => {
    const request = AsnConvert.parse(asked, ocsp.OCSPRequest);
    const [one] = request.tbsRequest.requestList;
    if (one) request.tbsRequest.requestList = Array.from({ length: 1000 }, () => one);
    expect(await statusOf(new Uint8Array(AsnConvert.serialize(request)))).toBe(malformedRequest);
  });
});
