import { regionSchema } from '../../../model/site/cloud-schema.js';
import { backendErrors, dataPaths, decodeResponse } from '../../protocol/data.js';
import { ProtocolError } from '../../protocol/xml.js';
import {
  type CloudContext,
  type Handler,
  refuseCertificate,
  type Service,
  type ServiceHost,
} from '../service.js';

/** What connectors say of an application that gave no answer. */
const endings = new Map<string, 'backend-timeout' | 'refused-ticket'>([
  [backendErrors.timeout, 'backend-timeout'],
  [backendErrors.refused, 'refused-ticket'],
]);

/** The data host: where the connector takes a request's body from and brings the response to. */
export const data: Service = {
  name: 'data',
  // Regions of a government's cloud have the same hosts.
  hosts: ({ dataIn }, { cloud }) => {
    const hosts = new Map<string, ServiceHost>();
    for (const region of [cloud.region, ...regionSchema.options])
      for (const name of dataIn[region])
        if (!hosts.has(name)) hosts.set(name, { name, block: `connector-data-${region}` });
    return [...hosts.values()];
  },
  clientCertificate: true,
  answer,
};

function answer(context: CloudContext): Handler {
  return (request) => {
    const pending = context.state.pendingByRequest(request.url.searchParams.get('requestId') ?? '');
    const refused = refuseCertificate(request);
    if (refused) {
      pending?.end({ kind: 'unauthorized' });
      return refused;
    }
    if (!pending) return { status: 404, detail: 'no such request' };
    if (pending.connectorId !== request.connectorId)
      return { status: 404, detail: "another connector's request" };
    const { connectorId } = pending;
    switch (request.url.pathname) {
      case dataPaths.payload:
        return {
          status: 200,
          headers: { 'Content-Type': 'application/octet-stream' },
          body: pending.payload,
          connectorId,
        };
      case dataPaths.connection:
        try {
          pending.end({ kind: 'response', response: decodeResponse(request.body) });
          return { status: 200, connectorId };
        } catch (error) {
          if (error instanceof ProtocolError) return { status: 400, detail: error.message };
          throw error;
        }
      case dataPaths.error:
        pending.end({ kind: endings.get(request.body.toString()) ?? 'bad-gateway' });
        return { status: 200, connectorId };
      default:
        return { status: 404 };
    }
  };
}
