import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rendezvousProtocol, signallingPath } from '../../protocol/signalling.js';
import { closeOf, type OpenRelay, openRelay } from './testing.js';

let lab: OpenRelay;

beforeEach(async () => {
  lab = await openRelay();
});
afterEach(() => lab[Symbol.asyncDispose]());

describe('the rendezvous', () => {
  const message = {
    RequestId: randomUUID(),
    SubscriptionId: randomUUID(),
    TransactionId: randomUUID(),
    ReturnHost: 'vm18.connector.msappproxy.net',
    ReturnPort: 443,
    TunnelContext: {
      HasPayload: false,
      ProtocolContext: {
        TrafficProtocol: 'HTTP' as const,
        RequestUrl: 'http://intranet.contoso.test/',
        RequestVerb: 'GET',
        BackendCertValidationMode: 'None' as const,
        BackendAuthNMode: 'None' as const,
        Headers: {},
      },
    },
  };

  /** A request that was announced; where it is to be met. */
  function announced(): { relayId: string; gateway: string } {
    const relayId = randomUUID();
    const gateway = lab.context.names().namespaces[0]?.gateways[0] ?? '';
    const { state, stack } = lab.context;
    const request = { relayId, gateway, message, connectorId: randomUUID(), payload: Buffer.alloc(0) };
    state.pending.set(relayId, {
      ...{ ...request, signalledAt: stack.clock.now() },
      announceAgain: () => false,
      end() {},
    });
    return { relayId, gateway };
  }

  async function meet(gateway: string, frame: string): Promise<unknown> {
    const socket = lab.dial(gateway, signallingPath, rendezvousProtocol);
    await once(socket, 'open');
    socket.send(frame);
    const met = once(socket, 'message').then(([data]) => JSON.parse(String(data)));
    return Promise.race([met, closeOf(socket)]);
  }

  it('gives the request once; a replay is refused', async () => {
    const { relayId, gateway } = announced();
    const accept = JSON.stringify({ type: 'accept', relayId });
    expect(await meet(gateway, accept)).toEqual({ type: 'signal-message', message });
    expect(await meet(gateway, accept)).toEqual([1008, 'the request was met already']);
  });

  it('is refused after 30 seconds', async () => {
    const { relayId, gateway } = announced();
    await lab.clock.advance(30_001);
    const accept = JSON.stringify({ type: 'accept', relayId });
    expect(await meet(gateway, accept)).toEqual([1008, 'the request was not met in time']);
  });

  it('is refused at another gateway, and for an unknown request', async () => {
    const { relayId, gateway } = announced();
    const other = lab.context.names().namespaces[1]?.gateways[0] ?? '';
    const unknown = [1008, 'no such request'];
    expect(await meet(other, JSON.stringify({ type: 'accept', relayId }))).toEqual(unknown);
    expect(await meet(gateway, JSON.stringify({ type: 'accept', relayId: randomUUID() }))).toEqual(unknown);
  });

  it.each(['', '{', '{"type":"accept"}', '[]', 'null', '{"type":"accept","relayId":7}'])(
    'closes on nonsense: %s',
    async (frame) => {
      const { gateway } = announced();
      expect(await meet(gateway, frame)).toEqual([1003, 'a frame that is not of the protocol']);
    },
  );
});
