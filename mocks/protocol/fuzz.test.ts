import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBootstrapRequest, encodeBootstrapRequest } from './bootstrap/request.js';
import { decodeBootstrapResponse } from './bootstrap/response.js';
import { decodeResponse, type RelayedResponse } from './data.js';
import {
  decodeRegistration,
  decodeTrustResult,
  encodeRegistration,
  encodeTrustResult,
} from './registration.js';
import { decodeRenewal, encodeRenewal } from './renewal.js';
import { ProtocolError } from './xml.js';

/** Whatever comes over the wire: an answer, or a ProtocolError, and soon. */
const runs = { numRuns: 300, interruptAfterTimeLimit: 300_000, markInterruptAsFailure: true };
const id = '7b0c9a52-4c1e-4d0a-9f3d-2a6f5c1d8e04';
const machine = { machineName: 'app-proxy-01', osVersion: '10.0.17763' };
const csrDer = Buffer.from('request');

const messages = {
  registration: {
    decode: decodeRegistration,
    good: encodeRegistration({ csrDer, token: 'a.b.c', tenantId: id, connectorVersion: '1.5', ...machine }),
  },
  'registration result': {
    decode: (text: string) => decodeTrustResult('RegistrationResult', text),
    good: encodeTrustResult('RegistrationResult', { isSuccessful: true, certificateDer: csrDer }),
  },
  renewal: { decode: decodeRenewal, good: encodeRenewal({ csrDer, connectorVersion: '1.5' }, machine) },
  'bootstrap request': {
    decode: decodeBootstrapRequest,
    good: encodeBootstrapRequest({
      ...machine,
      connectorId: id,
      connectorVersion: '1.5',
      consecutiveFailures: 0,
      initialBootstrap: true,
      requestId: id,
      tenantId: id,
      updaterRunning: true,
    }),
  },
};
const names = Object.keys(messages) as (keyof typeof messages)[];

/** A good message with a piece taken out, doubled, or replaced by something else. */
function spoiled(good: string): fc.Arbitrary<string> {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '<',
      '>',
      '</',
      '&',
      '&#x0;',
      '<![CDATA[',
      '<!--',
      '<?',
      '\u0000',
      '__proto__',
      'xmlns=""',
      '"',
    ),
  );
  return fc
    .record({ at: fc.nat(good.length), length: fc.nat(60), piece, twice: fc.boolean() })
    .map(({ at, length, piece: put, twice }) => {
      const cut = good.slice(at, at + length);
      return good.slice(0, at) + (twice ? cut + put + cut : put) + good.slice(at + length);
    });
}

function refusesProperly(decode: (text: string) => unknown, text: string): void {
  try {
    decode(text);
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError);
  }
}

describe.each(names)('%s', (name) => {
  const { decode, good } = messages[name];

  it('a good one is read', () => {
    expect(decode(good)).toBeTruthy();
  });

  it('a spoiled one is read or refused', () => {
    fc.assert(
      fc.property(spoiled(good), (text) => refusesProperly(decode, text)),
      runs,
    );
  });

  it('anything else is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
        expect(() => decode(text)).toThrow(ProtocolError);
      }),
      runs,
    );
  });
});

it.each([
  ['nested fifty thousand deep', '<a>'.repeat(50_000)],
  ['with fifty thousand members', `<a>${'<b/>'.repeat(50_000)}</a>`],
  [
    'with twenty thousand attributes',
    `<a ${Array.from({ length: 20_000 }, (_, n) => `b${n}=""`).join(' ')}/>`,
  ],
  ['larger than a message ever is', `<a>${'x'.repeat(256 * 1024)}</a>`],
  ['that expands', `<!DOCTYPE a [<!ENTITY b "${'c'.repeat(100)}">]><a>&b;</a>`],
])('XML %s is refused', (_, text) => {
  for (const name of names) expect(() => messages[name].decode(text)).toThrow(ProtocolError);
});

it('a bootstrap reply that is none is refused', () => {
  const namespace =
    'http://schemas.datacontract.org/2004/07/Microsoft.ApplicationProxy.Common.SignalerDataModel';
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (settings, endpoint) => {
      const text = `<BootstrapResponse xmlns="${namespace}"><ConnectivitySettings>${settings}</ConnectivitySettings><TrustRenewEndpoint>${endpoint}</TrustRenewEndpoint></BootstrapResponse>`;
      expect(() => decodeBootstrapResponse(text)).toThrow(ProtocolError);
    }),
    runs,
  );
});

it('an upload is a response that HTTP can carry on, or it is refused', () => {
  const line = fc.oneof(fc.string(), fc.string({ unit: 'binary' }));
  const head = fc.record({ status: fc.nat(1200), name: fc.constantFrom('content-type', 'x'), value: line });
  const upload = fc.oneof(
    fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
    head.map(({ status, name, value }) =>
      Buffer.from(`HTTP/1.1 ${status} OK\r\n${name}: ${value}\r\n\r\nbody`),
    ),
  );
  fc.assert(
    fc.property(upload, (raw) => {
      let response: RelayedResponse;
      try {
        response = decodeResponse(raw);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
        return;
      }
      new ServerResponse(new IncomingMessage(new Socket())).writeHead(response.status, response.headers);
      expect(response.status).toBeGreaterThanOrEqual(200);
    }),
    { ...runs, examples: [[Buffer.from('HTTP/1.1 200 OK\r\ncontent-type: a\u0001b\r\n\r\n')]] },
  );
});
