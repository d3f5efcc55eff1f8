import { z } from 'zod';
import { ProtocolError } from './xml.js';

/**
 * Signalling. What every device on the path can see is as captured: hosts, path, upgrade,
 * subprotocols, who opens which connection. What is inside the WebSocket frames is ours: JSON where
 * the real service speaks AMQP and binary XML.
 */
export const signallingPath = '/$servicebus/websocket';
export const controlProtocol = 'wsrelayedamqp';
export const rendezvousProtocol = 'wsrelayedconnection';

/** A user's request, as the service describes it to the connector (connector-facts 1.7). */
export const signalMessageSchema = z.object({
  RequestId: z.guid(),
  SubscriptionId: z.guid(),
  TransactionId: z.guid(),
  ReturnHost: z.string().max(253),
  ReturnPort: z.int(),
  TunnelContext: z.object({
    HasPayload: z.boolean(),
    ProtocolContext: z.object({
      TrafficProtocol: z.literal('HTTP'),
      RequestUrl: z.url(),
      RequestVerb: z.string().max(16),
      Headers: z.record(z.string(), z.string()),
    }),
  }),
});
export type SignalMessage = z.infer<typeof signalMessageSchema>;

const frame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listen'), connectorId: z.guid() }),
  z.object({ type: z.literal('listening') }),
  z.object({ type: z.literal('keep-alive') }),
  /** On the control connection: come to this gateway for a request. */
  z.object({ type: z.literal('signal'), relayAddress: z.string().max(253), relayId: z.guid() }),
  /** On the rendezvous connection: here I am. */
  z.object({ type: z.literal('accept'), relayId: z.guid() }),
  z.object({ type: z.literal('signal-message'), message: signalMessageSchema }),
  /**
   * On the control connection: the connector has done with a signal. The real one says nothing when
   * it could not get through, and the user waits; the lab ends the wait on this evidence.
   */
  z.object({ type: z.literal('done'), relayId: z.guid(), delivered: z.boolean() }),
]);
export type Frame = z.infer<typeof frame>;

export function encodeFrame(message: Frame): string {
  return JSON.stringify(message);
}

/** @throws ProtocolError */
export function decodeFrame(data: unknown): Frame {
  const text = String(data);
  if (text.length > 65_536) throw new ProtocolError('a frame of more than 64 KiB');
  try {
    return frame.parse(JSON.parse(text));
  } catch (error) {
    throw new ProtocolError('a frame that is not of the protocol', { cause: error });
  }
}
