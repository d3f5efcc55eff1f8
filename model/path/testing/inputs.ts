import type { SiteInput } from '../../site/schema.js';

type Server = NonNullable<SiteInput['servers']>[number];
type Application = NonNullable<SiteInput['applications']>[number];

/** A firewall that lets everything pass: whatever stops a way is another device. */
export const open = { firewall: { default: 'allow' as const } };

/** The same, and a server that differs. */
export const own = (more: Partial<Server>) => ({ ...open, servers: [{ name: 'app-proxy-01', ...more }] });

/** The same, and a published application that differs. */
export const app = (more: Partial<Application> = {}) => ({
  ...open,
  applications: [
    {
      name: 'Intranet',
      external: 'https://intranet-contoso.msappproxy.net/',
      internal: 'https://intranet.contoso.test/',
      ...more,
    },
  ],
});

/** A flow of the connector to that application. */
export const toApp = {
  host: 'intranet.contoso.test',
  direct: true,
  application: 'Intranet',
  operation: 'deliver',
} as const;
