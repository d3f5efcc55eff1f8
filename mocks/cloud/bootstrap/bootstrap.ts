import { bootstrapPath, decodeBootstrapRequest, encodeBootstrapResponse } from '../../protocol/bootstrap.js';
import { ProtocolError } from '../../protocol/xml.js';
import { type CloudContext, refuseCertificate, type Service, xml } from '../service.js';

/** The report that makes the label green, and the reply that drives the connector's timers. */
export function bootstrap(context: CloudContext): Service {
  return (request) => {
    if (request.url.pathname !== bootstrapPath) return { status: 404 };
    const refused = refuseCertificate(request);
    if (refused) return refused;
    try {
      const report = decodeBootstrapRequest(request.body.toString());
      const connector = context.state.connectors.get(request.connectorId ?? '');
      if (!connector) return { status: 403, detail: 'no such connector' };
      connector.lastContact = context.stack.clock.now();
      connector.version = report.connectorVersion;
      connector.externalIp = request.peer;
      return {
        status: 200,
        headers: xml,
        body: encodeBootstrapResponse(reply(context, connector.id)),
        connectorId: connector.id,
      };
    } catch (error) {
      if (error instanceof ProtocolError) return { status: 400, detail: error.message };
      throw error;
    }
  };
}

function reply(context: CloudContext, connectorId: string) {
  const { timers } = context.site().cloud;
  const { namespace, renewal } = context.names();
  const dot = namespace.indexOf('.');
  return {
    connectorState: 'Ok' as const,
    periodicBootstrapIntervalMs: timers['bootstrap-interval'],
    trustRenewEndpoint: `https://${renewal}/renewTrust`,
    checkForTrustRenewMinutes: timers['renew-check'] / 60_000,
    minutesBeforeRenew: timers['renew-before-end'] / 60_000,
    signallingKeepAliveMs: timers['signalling-keep-alive'],
    endpoints: [
      {
        namespace: namespace.slice(0, dot),
        domain: namespace.slice(dot + 1),
        servicePath: `${context.site().tenant.id}_${connectorId}`,
        sharedAccessKey: context.pki.relayKey,
        sharedAccessKeyName: 'Connector',
      },
    ],
  };
}
