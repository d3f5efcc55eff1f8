import { z } from 'zod';
import { accounts, stacks, windowsServices } from '../evidence/vocabulary.js';
import { cloudSchema, regionSchema, tenantSchema } from './cloud-schema.js';
import { durationOf, timeUnits } from './duration.js';
import { matchNames } from './match/index.js';
import { privateAccessSchema } from './private-access.js';
import { destination, duration, isoDate, name, portNumber, ports, versionText } from './values.js';

/**
 * The site file: everything between the connector's process and the internet, as data. Everything
 * not said is as the requirements page documents it; `siteSchema` fills that in, so that code sees
 * a {@link Site} with nothing left open.
 */

export const ruleActions = ['allow', 'deny', 'reject', 'reset'] as const;
export type RuleAction = (typeof ruleActions)[number];

/** First match wins. `deny` is silence; `reject` answers at once; `reset` resets. */
export const ruleSchema = z
  .strictObject({
    name: name.optional(),
    allow: destination.optional(),
    deny: destination.optional(),
    reject: destination.optional(),
    reset: destination.optional(),
    port: ports.default('any'),
    /** How the destination is compared with the name or address of a flow. */
    match: z.enum(matchNames).optional(),
    account: z.enum(accounts).optional(),
    /** The machine it is about: a server, or `proxy`; all of them, where absent. */
    from: name.optional(),
    'as-of': isoDate.optional(),
  })
  .refine((rule) => ruleActions.filter((action) => rule[action] !== undefined).length === 1, {
    message: `a rule needs exactly one of ${ruleActions.join(', ')}`,
  });
export type Rule = z.infer<typeof ruleSchema>;

const firewallDefault = z.enum(['allow', 'drop', 'reject', 'reset']);

export const firewallSchema = z.strictObject({
  default: firewallDefault.default('drop'),
  /** Where names come from: answers of the resolver (`dns`) or the ClientHello and Host header (`sni`). */
  'names-from': z.enum(['dns', 'sni']).default('dns'),
  rules: z.array(ruleSchema).max(10_000).default([]),
  /** What reaches the servers from outside. */
  inbound: z.enum(['allow', 'drop']).default('drop'),
});
export type Firewall = z.infer<typeof firewallSchema>;

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
  name: name.regex(/^[a-z0-9][a-z0-9-]*$/i, 'letters, digits and hyphens'),
  windows: z.enum(windowsVersions).default('server-2019'),
  dotnet: versionText.default('4.8'),
  connector: versionText.default('1.5.3437.0'),
  services: z
    .strictObject({
      connector: z.enum(accounts).default('network-service'),
      updater: z.enum(accounts).default('local-system'),
    })
    .prefault({}),
  /** Services an administrator has stopped. */
  stopped: z.array(z.enum(windowsServices)).default([]),
  'host-firewall': z
    .strictObject({ default: firewallDefault.default('allow'), rules: z.array(ruleSchema).default([]) })
    .prefault({}),
  /** Whose certificate the services show: of their own registration, or one left over from that before. */
  'trust-settings': z.enum(['own', 'left-over']).default('own'),
  /** What an unreachable revocation list does to a handshake. */
  revocation: z.enum(['soft-fail', 'hard-fail']).default('soft-fail'),
  /** IE Enhanced Security Configuration. */
  'ie-esc': z.boolean().default(false),
  /** `stale`: the root store lacks the newest public roots until the root list was fetched. */
  roots: z.enum(['current', 'stale']).default('current'),
  /** TLS 1.2 and strong cryptography of .NET switched on. */
  tls: z.enum(['1.2', '1.1']).default('1.2'),
  /** ENVIRONMENTNAME of the installer; the one that the site's cloud needs, where absent. */
  'environment-name': z.enum(['AzureCloud', 'AzureUSGovernment']).optional(),
  /** Who signs in when the connector is registered; the tenant's first administrator, where absent. */
  'registered-by': name.optional(),
  /** How far the server's clock is off: `6m` fast, `-6m` slow. */
  'clock-skew': z
    .string('a duration such as 6m or -1h')
    .regex(/^-?\d+(?:\.\d+)?(ms|s|m|h|d)$/, 'a duration such as 6m or -1h')
    .transform((text) => (durationOf(text.replace('-', '')) ?? 0) * (text.startsWith('-') ? -1 : 1))
    .refine((ms) => Math.abs(ms) <= mostSkewMs, { message: 'has to be at most 36500d' })
    .default(0),
});
export type Server = z.infer<typeof serverSchema>;

export const proxySchema = z.strictObject({
  /** `host:port` */
  address: z.string().regex(/^[^:/\s]+:\d{1,5}$/, 'host:port, such as proxy.contoso.test:8080'),
  /**
   * What it asks of everybody. `basic` accepts `lab`, `lab`. `negotiate` accepts nobody: the lab has no
   * Kerberos domain, so a request that carries a token is refused as well.
   */
  authentication: z.enum(['none', 'basic', 'negotiate']).default('none'),
  /** Whom it asks nothing: a request to one of these hosts, or of one of these accounts. */
  'no-authentication': z
    .strictObject({
      hosts: z.array(destination).default([]),
      accounts: z.array(z.enum(accounts)).default([]),
    })
    .prefault({}),
  /** Stacks that send their traffic to the proxy; the others go direct. */
  'used-by': z.array(z.enum(stacks)).default([...stacks]),
  /** Hosts the proxy lets through; everything, where absent. */
  allow: z.array(destination).optional(),
  deny: z.array(destination).default([]),
  /** CONNECT to these ports only. */
  ports: z.array(portNumber).default([80, 443]),
});
export type Proxy = z.infer<typeof proxySchema>;

export const inspectionSchema = z.strictObject({
  product: z.enum(['node', 'mockttp', 'squid', 'mitmproxy']).default('node'),
  authority: name.default('Inspection CA'),
  'trusted-by-server': z.boolean().default(false),
  /** Hosts inspected; everything, where absent. */
  only: z.array(destination).optional(),
  /** Hosts exempt. Exemptions come first. */
  except: z.array(destination).default([]),
  /** Whether forged certificates name a revocation list. */
  'revocation-info': z.boolean().default(true),
  /** What it shows servers that ask for a client certificate: nothing, or one of its own authority. */
  'client-certificate': z.enum(['none', 'own']).default('none'),
  /** What happens to WebSocket upgrades inside inspected TLS. */
  websocket: z.enum(['pass', 'strip-upgrade']).default('pass'),
  /** Hosts of which it answers every inspected request with a page of its own; HTTP in the clear, on port 80, too. */
  'block-page': z.array(destination).default([]),
});
export type Inspection = z.infer<typeof inspectionSchema>;

export const synProxySchema = z
  .strictObject({
    resets: z
      .array(destination)
      .min(1)
      .describe('Hosts of which it resets connections, once it has read the name in the ClientHello.'),
  })
  .describe(
    'A firewall that answers TCP to port 443 itself, and connects onward after the ClientHello: every port looks open.',
  );
export type SynProxy = z.infer<typeof synProxySchema>;

export const resolverSchema = z.strictObject({
  /** Internal names: host → address, or zone → range. Of a zone there are no other names: it hides the public one. */
  zones: z.record(destination, destination).default({}),
  faults: z
    .array(
      z.strictObject({
        name: destination,
        answer: z.enum(['nxdomain', 'timeout', 'wrong-address', 'no-chain']),
        /** For `wrong-address`. */
        address: z.string().optional(),
      }),
    )
    .default([]),
});
export type Resolver = z.infer<typeof resolverSchema>;

const aShare = 'a share such as 0.5%';
const aRate = 'a rate such as 10mbit or 512kbit';
const ratePattern = /^(\d+(?:\.\d+)?)(kbit|mbit|gbit)$/;
const unitBits: Record<string, number> = { kbit: 1e3, mbit: 1e6, gbit: 1e9 };

export const linkSchema = z.strictObject({
  /** How much longer a packet and its answer take, there and back. */
  'round-trip': duration('0ms', '1m').prefault('0ms'),
  /** Share of packets lost, `0.5%`. */
  loss: z
    .string(aShare)
    .regex(/^(100|\d{1,2}(\.\d+)?)%$/, aShare)
    .transform((text) => Number(text.slice(0, -1)) / 100)
    .default(0),
  /** What it carries in each direction: `10mbit` → bits per second. */
  rate: z
    .string(aRate)
    .regex(ratePattern, aRate)
    .transform((text, context) => {
      const [, amount, unit] = ratePattern.exec(text) as RegExpExecArray;
      const rate = Math.round(Number(amount) * (unitBits[unit as string] as number));
      if (rate >= 8000) return rate;
      context.addIssue({ code: 'custom', message: 'a rate of at least 8kbit' });
      return z.NEVER;
    })
    .optional(),
  /** Connections without traffic for so long are forgotten. */
  'idle-timeout': duration('1s', '365d').optional(),
});
export type Link = z.infer<typeof linkSchema>;

export const applicationSchema = z.strictObject({
  name,
  /** `https://intranet-contoso.msappproxy.net` */
  external: z.url({ protocol: /^https$/, hostname: /^[\w.-]+$/ }),
  /** `http://intranet.contoso.test` : the host must resolve inside the site. */
  internal: z.url({ protocol: /^https?$/, hostname: /^[\w.-]+$/ }),
  group: name.default('Default'),
  /** `false`: an administrator has yet to publish it. */
  published: z.boolean().default(true),
  'pre-authentication': z.boolean().default(true),
  state: z.enum(['running', 'stopped', 'slow', 'failing']).default('running'),
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

export const siteSchema = z.strictObject({
  $schema: z.string().optional(),
  site: name,
  description: z.string().max(2000).optional(),
  servers: z
    .array(serverSchema)
    .min(1)
    .max(50)
    .prefault([{ name: 'app-proxy-01' }]),
  proxy: proxySchema.optional(),
  firewall: firewallSchema.prefault({ default: 'drop' }),
  'syn-proxy': synProxySchema.optional(),
  inspection: inspectionSchema.optional(),
  resolver: resolverSchema.prefault({}),
  link: linkSchema.prefault({}),
  cloud: cloudSchema.prefault({}),
  tenant: tenantSchema.prefault({}),
  applications: z.array(applicationSchema).max(mostApplications).prefault(defaultApplications),
  'private-access': privateAccessSchema.optional(),
  'connector-groups': z
    .array(z.strictObject({ name, servers: z.array(name).default([]), region: regionSchema.optional() }))
    .default([]),
});

/** A site as code sees it: every default filled in. */
export type Site = z.infer<typeof siteSchema>;
/** A site as people write it. */
export type SiteInput = z.input<typeof siteSchema>;
