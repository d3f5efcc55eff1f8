import { asksOverHttp2 } from '../../../model/site/http2.js';
import type { NetworkStack } from '../../network.js';
import { backendErrors, dataPaths, encodeResponse } from '../../protocol/data.js';
import { ticketFor } from '../../protocol/kerberos.js';
import { broughtByHeader } from '../../protocol/lab-headers.js';
import {
  rendezvousProtocol,
  type Signal,
  type SignalMessage,
  signallingPath,
} from '../../protocol/signalling.js';
import type { Call, Reply } from '../call.js';
import { toFailure } from '../classify.js';
import { Failure } from '../failure.js';
import type { Identity } from '../identity.js';
import type { Transport } from '../transport.js';
import type { WindowsHost } from '../windows-host.js';
import { nextFrame, openWebSocket, sendFrame } from './signalling.js';

export interface DeliveryOptions {
  stack: NetworkStack;
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
  const giveUp = (purpose: string, body: string) =>
    attempt(options, purpose, {
      url: returnUrl(dataPaths.error),
      method: 'POST',
      body,
      certificate: options.identity,
    });
  let answer: Reply;
  try {
    answer = await askApplication(options, message, payload);
  } catch (error) {
    const { timedOut } = toFailure(error, {}).facts;
    await giveUp(
      'report that the application cannot be reached',
      timedOut ? backendErrors.timeout : backendErrors.unreachable,
    );
    throw toFailure(error, {});
  }
  if (answer.status === 401 && signsIn(message)) {
    // Event 13022 is documented, and so is the page that the user gets.
    options.stack.emit({
      kind: 'windows-log',
      channel: 'Microsoft-AadApplicationProxy-Connector/Admin',
      level: 'error',
      text: 'Event 13022: the application answered 401 to a request with a Kerberos ticket.',
    });
    await giveUp('report that single sign-on failed', backendErrors.refused);
    throw new Failure('http-unauthorized', 'the application refused the Kerberos ticket');
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

/** Whether the connector signs the user in at the application, by Kerberos. */
function signsIn({ TunnelContext }: SignalMessage): boolean {
  return TunnelContext.ProtocolContext.BackendAuthNMode === 'Iwa';
}

/** Applications are inside the site: never through the proxy. */
function askApplication(
  options: DeliveryOptions,
  message: SignalMessage,
  payload: Buffer | undefined,
): Promise<Reply> {
  const { RequestUrl, RequestVerb, BackendCertValidationMode } = message.TunnelContext.ProtocolContext;
  const url = new URL(RequestUrl);
  const http2 = asksOverHttp2(options.host.server, RequestUrl);
  if (signsIn(message))
    options.stack.emit({
      kind: 'prerequisite',
      fact: 'http2-for-kerberos',
      found: http2 ? 'HTTP/2' : 'HTTP/1.1',
      needed: 'HTTP/1.1',
      met: !http2,
    });
  return attempt(options, 'ask the application', {
    url,
    method: RequestVerb,
    direct: true,
    ...(http2 && { protocol: 'h2' as const }),
    headers: {
      [broughtByHeader]: options.host.server.name,
      ...(signsIn(message) && { authorization: ticketFor(url) }),
    },
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
