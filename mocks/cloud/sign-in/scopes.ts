import type { Site } from '../../../model/site/schema.js';
import { idOf } from '../../protocol/directory-ids.js';
import type { ServiceNames } from '../../protocol/names.js';
import { registrationResource } from '../../protocol/oauth.js';
import { SignInRefusal } from './refusal.js';

/** Something that tokens are for. */
interface Resource {
  /** As scopes begin and tokens name it (`aud`). */
  id: string;
  aliases?: readonly string[];
  /** What a user can allow a program there. */
  delegated: readonly string[];
}

export interface GrantedScope {
  /** Audience of the access token. */
  resource: string;
  /** Permissions at the resource. */
  permissions: readonly string[];
  openid: boolean;
  offline: boolean;
  /** As the reply names it. */
  text: string;
}

const ofOpenId = ['openid', 'profile', 'email', 'offline_access'];

/** What Graph calls itself, besides its address. */
export const graphAppId = '00000003-0000-0000-c000-000000000000';

function resources(site: Site, names: ServiceNames): Resource[] {
  return [
    {
      id: `https://${names.graph}`,
      aliases: [graphAppId],
      delegated: ['Directory.AccessAsUser.All', 'Directory.ReadWrite.All', 'Directory.Read.All', 'User.Read'],
    },
    { id: registrationResource, delegated: ['user_impersonation'] },
    { id: `https://${names.directory}`, delegated: ['user_impersonation'] },
    ...site.applications.map(({ name, external }) => ({
      id: idOf('application', name),
      aliases: [new URL(external).origin, `api://${idOf('application', name)}`],
      delegated: ['user_impersonation'],
    })),
  ];
}

/** What a scope asks for: OpenID's words, and permissions of one resource. @throws SignInRefusal */
export function readScope(text: string, site: Site, names: ServiceNames): GrantedScope {
  const asked = text.split(' ').filter((one) => one !== '');
  const permissions = asked
    .filter((one) => !ofOpenId.includes(one))
    .map((one) => permission(one, site, names));
  const graph = `https://${names.graph}`;
  const resource = permissions[0]?.resource ?? resources(site, names).find(({ id }) => id === graph);
  if (!resource) throw new SignInRefusal('invalid_scope', 70011, 'The scope is empty');
  if (permissions.some((one) => one.resource.id !== resource.id))
    throw new SignInRefusal(
      'invalid_scope',
      28000,
      "The provided value for the input parameter 'scope' contains more than one resource",
    );
  return {
    resource: resource.id,
    permissions: permissions.length > 0 ? permissions.flatMap((one) => one.names) : ['User.Read'],
    openid: asked.includes('openid'),
    offline: asked.includes('offline_access'),
    text: asked.join(' '),
  };
}

function permission(asked: string, site: Site, names: ServiceNames) {
  const cut = asked.lastIndexOf('/');
  // A permission without a resource is one of Graph's.
  const place = (cut < 0 ? graphAppId : asked.slice(0, cut)).replace(/\/$/, '');
  const name = asked.slice(cut + 1);
  const resource = resources(site, names).find(({ id, aliases = [] }) => [id, ...aliases].includes(place));
  if (!resource) {
    const text = `The resource principal named ${place.slice(0, 100)} was not found in the tenant named ${site.tenant.domain}`;
    throw new SignInRefusal('invalid_resource', 500011, text);
  }
  if (name === '.default') return { resource, names: resource.delegated };
  if (resource.delegated.includes(name)) return { resource, names: [name] };
  const text = `The provided value for the input parameter 'scope' is not valid: ${resource.id} has no permission '${name.slice(0, 100)}'`;
  throw new SignInRefusal('invalid_scope', 70011, text);
}
