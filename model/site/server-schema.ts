import { z } from 'zod';
import { windowsServices } from '../evidence/vocabulary.js';
import { account } from './account.js';
import { durationOf, timeUnits } from './duration.js';
import { firewallDefault } from './firewall-schema.js';
import { proxySettingsSchema } from './proxy-settings-schema.js';
import { ruleList } from './rule-schema.js';
import { hostsFileSchema, ownResolverSchema, searchListSchema } from './server-names-schema.js';
import { name, versionText } from './values.js';

/** A clock whose battery died is decades slow. */
const mostSkewMs = 36_500 * timeUnits.d;

export const windowsVersions = [
  'server-2008-r2',
  'server-2012',
  'server-2012-r2',
  'server-2016',
  'server-2019',
  'server-2022',
  'server-2025',
] as const;

export const serverSchema = z.strictObject({
  name: name
    .regex(/^[a-z0-9][a-z0-9-]*$/i, 'letters, digits and hyphens')
    .describe('Its host name: letters, digits and hyphens.'),
  windows: z
    .enum(windowsVersions)
    .default('server-2019')
    .describe('Version of Windows. Default: `server-2019`.'),
  dotnet: versionText.default('4.8').describe('Version of the .NET Framework, in quotes. Default: "4.8".'),
  connector: versionText
    .default('1.5.3437.0')
    .describe('Version of the installed connector. Default: 1.5.3437.0.'),
  services: z
    .strictObject({
      connector: account
        .default('network-service')
        .describe(
          'Account of the connector service; one of your domain, such as a gMSA, is written `CONTOSO\\svc-connector$`. Default: `network-service`.',
        ),
      updater: account
        .default('local-system')
        .describe('Account of the updater service, written in the same way. Default: `local-system`.'),
    })
    .prefault({})
    .describe("The accounts in which the connector's two Windows services run."),
  stopped: z
    .array(z.enum(windowsServices))
    .default([])
    .describe('Services that an administrator has stopped. Default: none.'),
  'host-firewall': z
    .strictObject({
      default: firewallDefault
        .default('allow')
        .describe(
          'What becomes of outbound connections that no rule fits. Default: `allow`, as Windows has it.',
        ),
      rules: ruleList.default([]).describe('Rules in order; the first that fits decides. Default: none.'),
    })
    .prefault({})
    .describe("The server's own firewall, outbound. Default: it lets everything out."),
  'proxy-settings': proxySettingsSchema
    .default({})
    .describe(
      'How a network stack of this server finds its proxy, where that is not as `used-by` of `proxy`, `pac` and `wpad` says: one of these three words, `direct`, `{ bypass: [...] }` for the proxy with another bypass list, or `{ pac: ... }` for another file. Default: as they say.',
    ),
  hosts: hostsFileSchema,
  resolver: ownResolverSchema,
  search: searchListSchema,
  'trust-settings': z
    .enum(['own', 'left-over'])
    .default('own')
    .describe(
      'Whose certificate the services show: of their own registration, or one left over from that before. Default: `own`.',
    ),
  revocation: z
    .enum(['soft-fail', 'hard-fail'])
    .default('soft-fail')
    .describe(
      'What an unreachable revocation list does to a TLS handshake: it goes on, or it fails. Default: `soft-fail`.',
    ),
  'ie-esc': z
    .boolean()
    .default(false)
    .describe(
      'Whether Internet Explorer Enhanced Security Configuration is on, which spoils the sign-in window. Default: `false`.',
    ),
  'password-protection-proxy': z
    .boolean()
    .default(false)
    .describe(
      'Whether the proxy of Microsoft Entra Password Protection is on the same server: its updater and that of the connector are two versions of one, and the connector is not updated. Default: `false`.',
    ),
  http2: z
    .boolean()
    .default(false)
    .describe(
      'Whether HTTP/2 is on for what Windows asks of web servers (WinHTTP, from Windows Server 2019 on): applications with `single-sign-on: kerberos` refuse the user then. Default: `false`, as the page asks for these applications.',
    ),
  roots: z
    .enum(['current', 'stale'])
    .default('current')
    .describe(
      '`stale`: the root store lacks the newest public roots until the list of roots was fetched. Default: `current`.',
    ),
  tls: z
    .enum(['1.2', '1.1'])
    .default('1.2')
    .describe('The newest TLS version that Windows and .NET offer, in quotes. Default: "1.2".'),
  'environment-name': z
    .enum(['AzureCloud', 'AzureUSGovernment'])
    .optional()
    .describe("ENVIRONMENTNAME that the installer was given. Default: what the site's cloud needs."),
  'registered-by': name
    .optional()
    .describe(
      "User who signs in when the connector is registered. Default: the tenant's first administrator.",
    ),
  'clock-skew': z
    .string('a duration such as 6m or -1h')
    .regex(/^-?\d+(?:\.\d+)?(ms|s|m|h|d)$/, 'a duration such as 6m or -1h')
    .transform((text) => (durationOf(text.replace('-', '')) ?? 0) * (text.startsWith('-') ? -1 : 1))
    .refine((ms) => Math.abs(ms) <= mostSkewMs, { message: 'has to be at most 36500d' })
    .default(0)
    .describe("How far the server's clock is off: `6m` fast, `-6m` slow. Default: it is right."),
});
export type Server = z.infer<typeof serverSchema>;
