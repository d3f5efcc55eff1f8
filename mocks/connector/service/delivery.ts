import { backendErrors, dataPaths, encodeResponse } from '../../protocol/data.js';
import { broughtByHeader } from '../../protocol/lab-headers.js';
import {
  rendezvousProtocol,
  type Signal,
  type SignalMessage,
  signallingPath,
} from '../../protocol/signalling.js';
import type { Call, Reply } from '../call.js';
import { toFailure } from '../classify.js';
import type { Failure } from '../failure.js';
import type { Identity } from '../identity.js';
import type { Transport } from '../transport.js';
import type { WindowsHost } from '../windows-host.js';
import { nextFrame, openWebSocket, sendFrame } from './signalling.js';

export interface DeliveryOptions {
  transport: Transport;
  host: WindowsHost;
  identity: Identity;
}

/**
 * One user's request: fetch it from the gateway that the signal names, ask the application, bring the
 * answer to the data host that the request names. Three changing hosts. @throws Failure
 */
export async function deliver(options: DeliveryOptions, signal: Signal): Promise<void> {
  const message = await rendezvous(options, signal);
  const returnUrl = (path: string) =>
    new URL(`https://${message.ReturnHost}${path}?requestId=${message.RequestId}`);
  const payload = message.TunnelContext.HasPayload
    ? (
        await attempt(options, 'fetch the request body', {
          url: returnUrl(dataPaths.payload),
          certificate: options.identity,
        })
      ).body
    : undefined;
  let answer: Reply;
  try {
    answer = await askApplication(options, message, payload);
  } catch (error) {
    const { timedOut } = toFailure(error, {}).facts;
    await attempt(options, 'report that the application cannot be reached', {
      url: returnUrl(dataPaths.error),
      method: 'POST',
      body: timedOut ? backendErrors.timeout : backendErrors.unreachable,
      certificate: options.identity,
    });
    throw toFailure(error, {});
  }
  const headers = { 'content-type': String(answer.headers['content-type'] ?? 'application/octet-stream') };
  await attempt(options, 'bring the response', {
    url: returnUrl(dataPaths.connection),
    method: 'POST',
    headers: { 'x-cwap-connector-version': options.host.server.connector },
    body: encodeResponse({ status: answer.status, headers, body: answer.body }),
    certificate: options.identity,
  });
}

async function rendezvous(
  options: DeliveryOptions,
  { RelayAddress, RelayId }: Signal,
): Promise<SignalMessage> {
  const call = callOf(options, 'meet the request at the gateway', {
    url: new URL(`https://${RelayAddress}${signallingPath}`),
  });
  const { message } = await options.transport.noted(call, async () => {
    const open = await openWebSocket(options.transport, call, rendezvousProtocol);
    try {
      sendFrame(open, { type: 'accept', relayId: RelayId });
      return { ...(await nextFrame(open, 'signal-message')), connection: open.connection };
    } finally {
      open.socket.close();
    }
  });
  return message;
}

/** Applications are inside the site: never through the proxy. */
function askApplication(
  options: DeliveryOptions,
  message: SignalMessage,
  payload: Buffer | undefined,
): Promise<Reply> {
  const { RequestUrl, RequestVerb, BackendCertValidationMode } = message.TunnelContext.ProtocolContext;
  return attempt(options, 'ask the application', {
    url: new URL(RequestUrl),
    method: RequestVerb,
    direct: true,
    headers: { [broughtByHeader]: options.host.server.name },
    takesAnyCertificate: BackendCertValidationMode === 'None',
    ...(payload && { body: payload }),
  });
}

function attempt(
  options: DeliveryOptions,
  purpose: string,
  more: Partial<Call> & Pick<Call, 'url'>,
): Promise<Reply> {
  return options.transport.attempt(callOf(options, purpose, more));
}

function callOf({ host }: DeliveryOptions, purpose: string, more: Partial<Call> & Pick<Call, 'url'>): Call {
  return { operation: 'deliver', purpose, account: host.connectorAccount, stack: 'service', ...more };
}

export type Delivered = { ok: true } | { ok: false; failure: Failure };
