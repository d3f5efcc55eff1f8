import { area } from './page.js';

export const tenantRequirements = [
  ...area('Prerequisites', [
    [
      'tenant/premium-p1',
      'The tenant must have a Premium P1 licence.',
      'Publishing an application is refused.',
    ],
    [
      'tenant/application-administrator',
      'Applications must be added by an Application Administrator.',
      'Refused for a user without the role.',
      { inSite: { by: 'nothing', why: 'a site file does not say who publishes applications' } },
    ],
    [
      'tenant/known-users',
      'Users must be synchronised or created in the tenant, so that they can pre-authenticate.',
      'Pre-authentication fails before any packet reaches the connector.',
      { inSite: { by: 'nothing', why: 'the users of a site are those that its directory has' } },
    ],
    [
      'tenant/preauthentication',
      'A user must sign in before traffic is let through.',
      'Without a token the user is redirected and the application sees nothing.',
      { inSite: { by: 'nothing', why: 'it is about the service, and no network changes it' } },
    ],
  ]),
  ...area('Install and register a connector', [
    [
      'tenant/registering-administrator',
      'Registration must be done with administrator credentials of the directory that uses Application Proxy.',
      'Registration is denied, also for administrators of another directory.',
    ],
  ]),
];
