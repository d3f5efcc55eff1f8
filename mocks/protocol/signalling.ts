import { z } from 'zod';
import { ProtocolError } from './xml.js';

/**
 * Signalling (connector-facts 1.6). The control connection is as captured: AMQP with the documented
 * links, addresses and properties. Ours is what messages hold inside (maps with the documented names,
 * where the real service writes binary XML), and everything inside the rendezvous.
 */
export const signallingPath = '/$servicebus/websocket';
export const controlProtocol = 'wsrelayedamqp';
export const rendezvousProtocol = 'wsrelayedconnection';

/** A request must be met at its gateway within so much lab time, milliseconds (connector-facts 2.3). */
export const rendezvousMs = 30_000;

/** Where both links of a control connection lead. */
export function linkAddress(host: string, servicePath: string): string {
  return `sb://${host}/${servicePath}/`;
}

const linkPropertiesSchema = z.object({
  'com.microsoft:swt': z.string().max(4096),
  'com.microsoft:client-agent': z.string().max(256),
  'com.microsoft:dynamic-relay': z.boolean(),
  'com.microsoft:listener-type': z.literal('RelayedConnection'),
  'com.microsoft:tracking-id': z.string().max(128),
});
export type LinkProperties = z.infer<typeof linkPropertiesSchema>;

const signalSchema = z.object({ RelayId: z.guid(), RelayAddress: z.string().min(1).max(253) });
/** On the `:in` link: come to this gateway for a request. */
export type Signal = z.infer<typeof signalSchema>;

const reportSchema = z.object({ RelayId: z.guid(), Delivered: z.boolean() });
/**
 * On the `:out` link: the connector has done with a signal. The real one says nothing when it could
 * not get through, and the user waits; the lab ends the wait on this evidence.
 */
export type Report = z.infer<typeof reportSchema>;

/** @throws ProtocolError */
export function readLinkProperties(value: unknown): LinkProperties {
  return readAs(linkPropertiesSchema, value, 'link properties');
}

/** @throws ProtocolError */
export function readSignal(value: unknown): Signal {
  return readAs(signalSchema, value, 'a signal');
}

/** @throws ProtocolError */
export function readReport(value: unknown): Report {
  return readAs(reportSchema, value, 'a report');
}

function readAs<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ProtocolError(`${what}: ${parsed.error.issues[0]?.path.join('.')}`, { cause: parsed.error });
}

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
      /** The real one is in the configuration that connectors fetch; ours comes with the request. */
      BackendCertValidationMode: z.enum(['None', 'ValidateCertificate']),
      /** `Iwa`: connectors sign the user in, by Kerberos. */
      BackendAuthNMode: z.enum(['None', 'Iwa']),
      Headers: z.record(z.string(), z.string()),
    }),
  }),
});
export type SignalMessage = z.infer<typeof signalMessageSchema>;

const frame = z.discriminatedUnion('type', [
  /** On the rendezvous connection: here I am. */
  z.object({ type: z.literal('accept'), relayId: z.guid() }),
  z.object({ type: z.literal('signal-message'), message: signalMessageSchema }),
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
