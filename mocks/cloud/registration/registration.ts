import { randomUUID } from 'node:crypto';
import { RequestRefusedError } from '../../pki/connector-authority.js';
import { registrationResource } from '../../protocol/oauth.js';
import { decodeRegistration, encodeTrustResult, registrationPath } from '../../protocol/registration.js';
import { ProtocolError } from '../../protocol/xml.js';
import { type CloudContext, type CloudReply, type Handler, type Service, xml } from '../service.js';
import { readToken } from '../token.js';

/**
 * Registration. Refusals are a 200 whose result says no, as the real service does; only what is not
 * a request at all is a 400.
 */
export const registration: Service = {
  name: 'registration',
  hosts: (names) => [
    {
      name: names.registration,
      block: 'connector-service',
      chain: ['cwap-weur-1.trafficmanager.net', 'cwap-weur-1.cloudapp.azure.com'],
    },
  ],
  answer,
};

function answer(context: CloudContext): Handler {
  return async (request) => {
    if (request.url.pathname !== registrationPath) return { status: 404 };
    try {
      const asked = decodeRegistration(request.body.toString());
      const now = context.stack.clock.now();
      const claims = readToken(asked.token, context.pki.tokenKey, now);
      if (!claims) return refuse('the token is not valid');
      if (claims.tid !== asked.tenantId || claims.tid !== context.site().tenant.id)
        return refuse('the token is for another directory');
      if (claims.aud !== registrationResource) return refuse('the token is not for registration');
      if (claims.wids.length === 0) return refuse('The registration request was denied.');
      const connectorId = randomUUID();
      const certificateDer = await context.pki.connectors.issue({
        csrDer: asked.csrDer,
        tenantId: asked.tenantId,
        connectorId,
        now,
      });
      const { machineName, connectorVersion: version } = asked;
      for (const [id, known] of context.state.connectors)
        if (known.machineName === machineName) context.state.connectors.delete(id);
      context.state.connectors.set(connectorId, {
        id: connectorId,
        machineName,
        version,
        externalIp: request.peer,
      });
      const body = encodeTrustResult('RegistrationResult', { isSuccessful: true, certificateDer });
      return { status: 200, headers: xml, body, connectorId };
    } catch (error) {
      if (error instanceof ProtocolError) return { status: 400, detail: error.message };
      if (error instanceof RequestRefusedError) return refuse(error.message);
      throw error;
    }
  };
}

function refuse(errorMessage: string): CloudReply {
  const body = encodeTrustResult('RegistrationResult', { isSuccessful: false, errorMessage });
  return { status: 200, headers: xml, body, detail: errorMessage };
}
