import type { Site } from '../../../model/site/schema.js';
import { idOf } from '../../protocol/directory-ids.js';
import type { ServiceNames } from '../../protocol/names.js';
import { connectorClientId, nativeClientPath } from '../../protocol/oauth.js';
import { SignInRefusal } from './refusal.js';

/** A program that the directory knows. */
export interface Client {
  id: string;
  name: string;
  /** A client without a secret cannot act for itself. */
  secret?: string;
  /** Addresses that a sign-in may lead back to; `*`: any of this origin. */
  redirects: readonly string[];
}

/** Sign-in of other agents on the same servers (connector-facts 1.2). */
const agentsClientId = 'cb1056e2-e479-49de-ae31-7812af012ed8';
/** "Microsoft Graph Command Line Tools", with which administrators sign in to Graph. */
export const graphToolsClientId = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
/** Ours: the real portal's client has another. */
export const portalClientId = '7d9f0e5c-6f0e-4a55-9d0c-0d4f5a6b1c2e';

/** @throws SignInRefusal */
export function findClient(id: string | null, site: Site, names: ServiceNames): Client {
  if (!id)
    throw new SignInRefusal('invalid_request', 900144, "The request must contain the parameter 'client_id'");
  const known = knownClients(site, names).find((client) => client.id === id.toLowerCase());
  if (known) return known;
  const text = `Application with identifier '${id.slice(0, 64)}' was not found in the directory '${site.site}'`;
  throw new SignInRefusal('unauthorized_client', 700016, text);
}

function knownClients({ tenant, applications }: Site, names: ServiceNames): Client[] {
  const native = [`https://${names.authority}${nativeClientPath}`, 'http://localhost'];
  return [
    { id: connectorClientId, name: 'Microsoft Entra private network connector', redirects: native },
    { id: agentsClientId, name: 'Authentication agents', redirects: native },
    { id: graphToolsClientId, name: 'Microsoft Graph Command Line Tools', redirects: native },
    { id: portalClientId, name: 'Portal', redirects: [`https://${names.portal}/`] },
    ...applications.map(({ name, external }) => ({
      id: idOf('application', name),
      name,
      redirects: [new URL(external).origin],
    })),
    ...tenant.clients.map(({ id, name, secret }) => ({
      id: id.toLowerCase(),
      name,
      secret,
      redirects: native,
    })),
  ];
}

/** Where a sign-in leads back to. Below `http://localhost` any port will do (RFC 8252, 7.3). @throws SignInRefusal */
export function checkRedirect(client: Client, asked: string | null): URL {
  const url = asked && URL.canParse(asked) ? new URL(asked) : undefined;
  const fits = client.redirects.some((known) => {
    const allowed = new URL(known);
    if (allowed.hostname === 'localhost') return url?.protocol === 'http:' && url.hostname === 'localhost';
    if (allowed.pathname !== '/') return url?.href === allowed.href;
    return url?.origin === allowed.origin;
  });
  if (url && fits) return url;
  const text = `The redirect URI '${(asked ?? '').slice(0, 200)}' specified in the request does not match the redirect URIs configured for the application '${client.id}'`;
  throw new SignInRefusal('invalid_request', 50011, text);
}
