import { isAtLeast } from '../../../model/site/version.js';
import { bootstrapPath, decodeBootstrapRequest } from '../../protocol/bootstrap/request.js';
import { type BootstrapResponse, encodeBootstrapResponse } from '../../protocol/bootstrap/response.js';
import { capturedRetryStrategy } from '../../protocol/retry-strategy.js';
import { ProtocolError } from '../../protocol/xml.js';
import type { RegisteredConnector } from '../registered-connector.js';
import { listenKey, servicePathOf } from '../relay/control.js';
import { type CloudContext, type Handler, refuseCertificate, type Service, xml } from '../service.js';

/** The report that makes the label green, and the reply that drives the connector's timers. */
export const bootstrap: Service = {
  name: 'bootstrap',
  hosts: (names) => [
    {
      name: names.bootstrap,
      block: 'connector-service',
      chain: ['cwap-weur-1.trafficmanager.net', 'cwap-weur-1.cloudapp.azure.com'],
    },
  ],
  clientCertificate: true,
  answer,
};

function answer(context: CloudContext): Handler {
  return (request) => {
    if (request.url.pathname !== bootstrapPath) return { status: 404 };
    const refused = refuseCertificate(request);
    if (refused) return refused;
    try {
      const report = decodeBootstrapRequest(request.body.toString());
      const connector = context.state.connectors.get(request.connectorId ?? '');
      if (!connector) return { status: 403, detail: 'no such connector' };
      if (report.connectorId !== connector.id || report.tenantId !== request.tenantId)
        return { status: 403, detail: "the report is another's than the certificate" };
      connector.lastContact = context.stack.clock.now();
      removeWhenSilent(context, connector);
      connector.version = report.connectorVersion;
      connector.externalIp = request.peer;
      return {
        status: 200,
        headers: xml,
        body: encodeBootstrapResponse(reply(context, connector)),
        connectorId: connector.id,
      };
    } catch (error) {
      if (error instanceof ProtocolError) return { status: 400, detail: error.message };
      throw error;
    }
  };
}

/** The service removes connectors that were silent for so long (connector-facts 4.2). */
const silenceMs = 10 * 24 * 3_600_000;

/** Begins to wait anew. Where reports are further apart than usual, one that is inactive only then is not gone. */
function removeWhenSilent({ stack, state, site }: CloudContext, connector: RegisteredConnector): void {
  const { timers, 'inactive-after-misses': misses } = site().cloud;
  connector.removal?.cancel();
  connector.removal = stack.clock.after(Math.max(silenceMs, timers['bootstrap-interval'] * misses), () => {
    state.connectors.delete(connector.id);
  });
}

/** What the service wants of a connector. A message goes before an update: that one can be had any time. */
function wish(
  context: CloudContext,
  version: string,
): Pick<BootstrapResponse, 'connectorState' | 'serviceMessage'> {
  const { message, 'required-connector': required } = context.site().cloud;
  if (message)
    return {
      connectorState: message.level === 'error' ? 'ErrorServiceMessage' : 'InfoServiceMessage',
      serviceMessage: message.text,
    };
  return { connectorState: required && !isAtLeast(version, required) ? 'UpdateRequired' : 'Ok' };
}

function reply(context: CloudContext, { id: connectorId, version }: RegisteredConnector): BootstrapResponse {
  const {
    timers,
    'max-failed-bootstraps': maxFailedBootstraps,
    'connection-limit': connectionLimit,
  } = context.site().cloud;
  const { namespaces, renewal } = context.names();
  return {
    ...wish(context, version),
    periodicBootstrapIntervalMs: timers['bootstrap-interval'],
    retry: capturedRetryStrategy(timers['bootstrap-interval'], timers['bootstrap-retry']),
    maxFailedBootstraps,
    connectionLimit,
    trustRenewEndpoint: `https://${renewal}/renewTrust`,
    checkForTrustRenewMinutes: timers['renew-check'] / 60_000,
    minutesBeforeRenew: timers['renew-before-end'] / 60_000,
    signalling: {
      keepAliveMs: timers['signalling-keep-alive'],
      leaseMs: timers['signalling-lease'],
      idleMs: timers['signalling-idle'],
      tokenMs: 3_600_000,
    },
    endpoints: namespaces.map(({ host }) => {
      const dot = host.indexOf('.');
      const servicePath = servicePathOf(context.site().tenant.id, connectorId);
      return {
        namespace: host.slice(0, dot),
        domain: host.slice(dot + 1),
        servicePath,
        sharedAccessKey: listenKey(context, servicePath),
        sharedAccessKeyName: 'Connector',
      };
    }),
  };
}
