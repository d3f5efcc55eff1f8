import { RequestRefusedError } from '../../pki/connector-authority.js';
import { encodeTrustResult } from '../../protocol/registration.js';
import { decodeRenewal, renewalPath } from '../../protocol/renewal.js';
import { ProtocolError } from '../../protocol/xml.js';
import {
  type CloudContext,
  type CloudReply,
  type Handler,
  refuseCertificate,
  type Service,
  xml,
} from '../service.js';

/** A new certificate for a connector that still has a good one. */
export const renewal: Service = {
  name: 'renewal',
  hosts: (names) => [
    { name: names.renewal, block: 'connector-service', chain: ['cwap-weur-1.cloudapp.azure.com'] },
  ],
  clientCertificate: true,
  answer,
};

function answer(context: CloudContext): Handler {
  return async (request) => {
    if (request.url.pathname !== renewalPath) return { status: 404 };
    const refused = refuseCertificate(request);
    if (refused) return refused;
    const { tenantId = '', connectorId = '' } = request;
    try {
      const { csrDer } = decodeRenewal(request.body.toString());
      const now = context.stack.clock.now();
      const certificateDer = await context.pki.connectors.issue({ csrDer, tenantId, connectorId, now });
      const body = encodeTrustResult('TrustRenewalResult', { isSuccessful: true, certificateDer });
      return { status: 200, headers: xml, body, connectorId };
    } catch (error) {
      if (error instanceof ProtocolError) return { status: 400, detail: error.message };
      if (error instanceof RequestRefusedError) return refuse(error.message);
      throw error;
    }
  };
}

function refuse(errorMessage: string): CloudReply {
  const body = encodeTrustResult('TrustRenewalResult', { isSuccessful: false, errorMessage });
  return { status: 200, headers: xml, body, detail: errorMessage };
}
