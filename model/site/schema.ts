import { z } from 'zod';
import { publicDates } from '../requirements/editions/dates.js';
import { cloudSchema, regionSchema, tenantSchema } from './cloud-schema.js';
import { firewallSchema, namedFirewallSchema } from './firewall-schema.js';
import { inspectionSchema, synProxySchema } from './inspection-schema.js';
import { linkSchema } from './link-schema.js';
import { privateAccessSchema } from './private-access.js';
import { proxySchema } from './proxy-schema.js';
import { pacSchema, wpadSchema } from './proxy-settings-schema.js';
import { resolverSchema } from './resolver-schema.js';
import { serverSchema } from './server-schema.js';
import { serviceTagsSchema } from './service-tags/schema.js';
import { name } from './values.js';

export * from './firewall-schema.js';
export * from './inspection-schema.js';
export * from './link-schema.js';
export * from './proxy-rule-schema.js';
export * from './proxy-schema.js';
export * from './proxy-settings-schema.js';
export * from './resolver-schema.js';
export * from './rule-schema.js';
export * from './server-schema.js';

/**
 * The site file: everything between the connector's process and the internet, as data. Everything
 * not said is as the requirements page documents it; `siteSchema` fills that in, so that code sees
 * a {@link Site} with nothing left open.
 */

/** What certificate an application shows. */
export const applicationCertificates = ['trusted', 'self-signed', 'expired', 'wrong-name'] as const;
export type ApplicationCertificate = (typeof applicationCertificates)[number];

export const applicationSchema = z.strictObject({
  name: name.describe('By which users, scenarios and reports call it.'),
  external: z
    .url({ protocol: /^https$/, hostname: /^[\w.-]+$/ })
    .describe('Address at which users open it: `https://intranet-contoso.msappproxy.net/`.'),
  internal: z
    .url({ protocol: /^https?$/, hostname: /^[\w.-]+$/ })
    .describe(
      'Address at which connectors reach it inside the site: `http://intranet.contoso.test/`. It may be the external one (split DNS): then a server that asks public DNS, or has a line for it in its hosts file, is led back to the service.',
    ),
  group: name.default('Default').describe('The connector group that serves it. Default: `Default`.'),
  'runs-on': z
    .array(name)
    .min(1)
    .max(50)
    .optional()
    .describe(
      "Connectors' own servers on which it runs. Default: the server that the internal address names, of `localhost` every server; else it has a host of its own.",
    ),
  published: z
    .boolean()
    .default(true)
    .describe('Whether it is published already; otherwise a step of a scenario does so. Default: `true`.'),
  'pre-authentication': z
    .boolean()
    .default(true)
    .describe('Whether users sign in at the service before they reach it. Default: `true`.'),
  state: z
    .enum(['running', 'stopped', 'slow', 'failing'])
    .default('running')
    .describe(
      'Whether it answers: `stopped` listens nowhere, `slow` answers later than connectors wait, `failing` answers with status 500. Default: `running`.',
    ),
  certificate: z
    .enum(applicationCertificates)
    .default('trusted')
    .describe(
      'What it shows where the internal address is `https://`; `trusted`: one of an authority inside, which the servers trust. Default: `trusted`.',
    ),
  'single-sign-on': z
    .enum(['none', 'kerberos'])
    .default('none')
    .describe(
      'Whether connectors sign users in at it: `kerberos`, with a ticket that goes with each request; it refuses requests without. Default: `none`.',
    ),
  // On for new applications, off for older ones (connector-facts 3.1).
  'validate-backend-certificate': z
    .boolean()
    .default(true)
    .describe(
      'Whether connectors look at that certificate, as "Validate Backend SSL certificate" of the portal says. Default: `true`.',
    ),
});
export type Application = z.infer<typeof applicationSchema>;

/** As many as have an address at the service, beside its own; external hosts share one range. */
export const mostApplications = 90;

export const defaultApplications = [
  {
    name: 'Intranet',
    external: 'https://intranet-contoso.msappproxy.net/',
    internal: 'http://intranet.contoso.test/',
  },
];

const connectorGroupSchema = z.strictObject({
  name: name.describe('Name of the group.'),
  servers: z
    .array(name)
    .default([])
    .describe('Servers in it. Those that are in no group are in `Default`. Default: none.'),
  region: regionSchema
    .optional()
    .describe("Region of the service that it is served from. Default: the tenant's."),
});

export const siteSchema = z.strictObject({
  $schema: z.string().optional().describe('Where editors find this schema; nothing else reads it.'),
  site: name.describe('Name of the site, by which reports call it.'),
  description: z.string().max(2000).optional().describe('What the site is about, for people.'),
  edition: z
    .enum(publicDates)
    .optional()
    .describe(
      'By which edition of the public requirements page the site is judged, by its date, in quotes: "2026-02-04". Default: the one that the catalogue proves, 2023-08-09.',
    ),
  servers: z
    .array(serverSchema)
    .min(1)
    .max(50)
    .prefault([{ name: 'app-proxy-01' }])
    .describe('Windows servers with a connector, 50 at most. Default: one as documented, `app-proxy-01`.'),
  proxy: proxySchema.optional().describe('The explicit proxy of the site. Default: there is none.'),
  pac: pacSchema
    .optional()
    .describe(
      'A PAC file (automatic configuration script) by which network stacks find their proxy. Default: there is none.',
    ),
  wpad: wpadSchema
    .optional()
    .describe(
      'Automatic detection of the proxy by DNS: a host `wpad` that gives a PAC file, or fails to. Default: nobody detects anything.',
    ),
  firewall: firewallSchema
    .prefault({ default: 'drop', rules: [{ allow: 'documented' }] })
    .describe(
      'The firewall at the edge. Default: it drops everything but the rows of the requirements page. Once it is written, its rules and its default are all there is, and `{ allow: documented }` brings those rows back.',
    ),
  firewalls: z
    .array(namedFirewallSchema)
    .min(1)
    .max(8)
    .optional()
    .describe(
      'Several firewalls at the edge in place of `firewall`, 8 at most, in the order in which connections pass them: branch, centre, cloud. Each has rules, timers and a `name` of its own. Default: there is one.',
    ),
  'service-tags': serviceTagsSchema
    .optional()
    .describe(
      "Microsoft's weekly lists of service tags, by paths from the site file's folder: `tags/ServiceTags_Public_20250728.json`, `{ file, date }`, or several of these for rules with `as-of`. Default: none, so that rules about real ranges are not judged.",
    ),
  'syn-proxy': synProxySchema
    .optional()
    .describe(
      'A firewall that answers TCP to port 443 itself, and connects onward after the ClientHello: every port looks open. Default: there is none.',
    ),
  inspection: inspectionSchema
    .optional()
    .describe('TLS inspection between the edge and the internet, on port 443. Default: there is none.'),
  resolver: resolverSchema
    .prefault({})
    .describe("The site's DNS resolver. Default: it answers as public DNS does."),
  link: linkSchema
    .prefault({})
    .describe('The line to the internet. Default: nothing is slowed down or lost.'),
  cloud: cloudSchema
    .prefault({})
    .describe('The service at the other end. Default: public cloud, region `eur`, without faults.'),
  tenant: tenantSchema
    .prefault({})
    .describe(
      'The directory: its users and licence. Default: `contoso.test` with an administrator and one user.',
    ),
  applications: z
    .array(applicationSchema)
    .max(mostApplications)
    .prefault(defaultApplications)
    .describe(
      `Applications that users reach through the connectors, ${mostApplications} at most. Default: one, the intranet.`,
    ),
  'private-access': privateAccessSchema
    .optional()
    .describe(
      'What users reach by name or address and port, through Global Secure Access. Default: nothing.',
    ),
  'connector-groups': z
    .array(connectorGroupSchema)
    .default([])
    .describe('Groups of connectors, each of which serves its applications. Default: all are in `Default`.'),
});

/** A site as code sees it: every default filled in. */
export type Site = z.infer<typeof siteSchema>;
/** A site as people write it. */
export type SiteInput = z.input<typeof siteSchema>;
