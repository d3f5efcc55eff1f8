import type { Server, Site } from '../../site/schema.js';
import type { SettingKind } from '../request.js';
import { withServer } from './rules.js';

/** Who signs in to register a connector may do so. */
export const registerAsAdministrator: SettingKind = {
  kind: 'register-as-administrator',
  stops: (site) =>
    site.servers.flatMap((server) => {
      const { by, user } = registrar(server, site);
      const why = whyNot(user);
      if (why === undefined) return [];
      return [
        {
          ...{ device: 'tenant', server: server.name, setting: 'registered-by' },
          rule: `registered-by ${by}`,
          explanation: `the connector on ${server.name} is registered by ${by || 'nobody'}, who ${why}`,
          ...{ operation: 'register', requirements: ['tenant/registering-administrator'] },
        },
      ];
    }),
  grant({ server }, site) {
    const { users } = site.tenant;
    const able = users.find((user) => whyNot(user) === undefined);
    if (able) return withServer(site, server, (one) => ({ ...one, 'registered-by': able.name }));
    const [first, ...others] = users;
    const name = first?.name ?? `admin@${site.tenant.domain}`;
    const { 'second-factor': _, ...user } = first ?? { name, password: 'lab' };
    const appointed = { ...user, roles: ['application-administrator' as const] };
    const tenant = { ...site.tenant, users: [appointed, ...others] };
    return withServer({ ...site, tenant }, server, (one) => ({ ...one, 'registered-by': name }));
  },
  words: ({ server }) =>
    `Register the connector on ${server} as an Application Administrator or Global Administrator of the directory.`,
};

type User = Site['tenant']['users'][number];

function registrar(server: Server, { tenant }: Site): { by: string; user: User | undefined } {
  const by = server['registered-by'] ?? tenant.users.find(({ roles }) => roles.length > 0)?.name ?? '';
  return { by, user: tenant.users.find(({ name }) => name === by) };
}

/** Why somebody cannot register a connector; undefined: nothing is in the way. */
function whyNot(user: User | undefined): string | undefined {
  if (!user) return 'is no user of this directory';
  if (user.roles.length === 0) return 'has none of the roles that may do it';
  return user['second-factor'] === 'deny' ? 'does not confirm the second factor' : undefined;
}
