import { publicJwk } from '../../pki/token-key.js';
import { type CloudContext, type CloudReply, json } from '../service.js';
import { type Authority, segmentOf } from './accounts.js';

/** Which names the authority has, and where each tenant's own discovery is (connector-facts 3.2). */
export function instanceDiscovery({ names }: CloudContext): CloudReply {
  const { authority, olderAuthority } = names();
  return reply({
    tenant_discovery_endpoint: `https://${authority}/common/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [
      { preferred_network: authority, preferred_cache: authority, aliases: [authority, olderAuthority] },
    ],
  });
}

/** OpenID Connect Discovery 1.0. For all directories at once, the issuer is a template. */
export function openIdConfiguration({ names, site }: CloudContext, authority: Authority): CloudReply {
  const host = names().authority;
  const base = `https://${host}/${segmentOf(authority, site())}`;
  return reply({
    issuer: `https://${host}/${authority === 'tenant' ? site().tenant.id : '{tenantid}'}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_types_supported: ['code', 'id_token', 'code id_token'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    msgraph_host: names().graph,
    cloud_instance_name: host.slice(host.indexOf('.') + 1),
  });
}

/** The keys that tokens are verified with. */
export function keys({ pki, names, site }: CloudContext): CloudReply {
  const issuer = `https://${names().authority}/${site().tenant.id}/v2.0`;
  return reply({ keys: [{ ...publicJwk(pki.tokenKey), issuer }] });
}

function reply(body: unknown): CloudReply {
  return {
    status: 200,
    headers: { ...json, 'Access-Control-Allow-Origin': '*' },
    body: JSON.stringify(body),
  };
}
