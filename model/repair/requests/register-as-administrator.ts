import type { Server, Site } from '../../site/schema.js';
import { serverSetting } from './server-setting.js';

/** Who signs in to register a connector may do so. */
export const registerAsAdministrator = serverSetting({
  kind: 'register-as-administrator',
  setting: 'registered-by',
  requirement: 'tenant/registering-administrator',
  operation: 'register',
  wrong: (server, site) => {
    const { by, user } = registrar(server, site);
    const why = !user
      ? `${by || 'nobody'} is no user of ${site.tenant.domain}`
      : user.roles.length === 0
        ? `${by} has neither of the roles that may register`
        : user['second-factor'] === 'deny'
          ? `${by} does not confirm the second factor`
          : undefined;
    return why === undefined
      ? undefined
      : {
          rule: `registered-by ${by}`,
          explanation: `the connector on ${server.name} is registered by ${by || 'nobody'}, and ${why}`,
        };
  },
  mend: (server, site) => ({ ...server, 'registered-by': administratorOf(site) }),
  words: ({ server }) =>
    `Register the connector on ${server} as an Application Administrator or Global Administrator of the directory.`,
});

function registrar(server: Server, { tenant }: Site) {
  const by = server['registered-by'] ?? tenant.users.find(({ roles }) => roles.length > 0)?.name ?? '';
  return { by, user: tenant.users.find(({ name }) => name === by) };
}

function administratorOf({ tenant }: Site): string | undefined {
  return tenant.users.find(({ roles, 'second-factor': factor }) => roles.length > 0 && factor !== 'deny')
    ?.name;
}
