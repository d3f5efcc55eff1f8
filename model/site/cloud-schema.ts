import { z } from 'zod';
import { cloudFaults } from '../evidence/vocabulary.js';
import { destination, duration, name, versionText } from './values.js';

/** As Graph names them (connector-facts 3.1). */
export const regionSchema = z.enum(['nam', 'eur', 'aus', 'asia', 'ind']);
export type Region = z.infer<typeof regionSchema>;

export const cloudSchema = z.strictObject({
  environment: z.enum(['public', 'us-government']).default('public'),
  region: regionSchema.default('eur'),
  /** Server-driven timers of the bootstrap reply. */
  timers: z
    .strictObject({
      'bootstrap-interval': duration('1s', '365d').prefault('10m'),
      /** Between reports that go on failing; before, one after the interval and five with growing delays. */
      'bootstrap-retry': duration('1s', '365d').prefault('1h'),
      'renew-check': duration('1s', '365d').prefault('6h'),
      'renew-before-end': duration('0s', '365d').prefault('30d'),
      'signalling-keep-alive': duration('1s', '365d').prefault('10s'),
      'signalling-lease': duration('1s', '365d').prefault('6h'),
      'signalling-idle': duration('1s', '365d').prefault('2h'),
    })
    .prefault({}),
  /** Failed reports in a row after which a connector gives up until it is started again. */
  'max-failed-bootstraps': z.int().min(1).max(100_000).default(2166),
  /** Connectors older than this are told to update. */
  'required-connector': versionText.optional(),
  /** What the service has to say to connectors; it goes into their logs. */
  message: z
    .strictObject({
      level: z.enum(['information', 'error']).default('information'),
      text: z.string().min(1).max(2000),
    })
    .optional(),
  /** Hybrid connections in the tenant's own namespace, for agents that are no connectors. */
  'hybrid-connections': z
    .array(
      z.strictObject({
        path: z
          .string()
          .max(260)
          .regex(/^[\w.-]+(\/[\w.-]+)*$/, 'a path such as orders or shop/orders'),
        /** Whether senders need a token. */
        'client-authorization': z.boolean().default(true),
      }),
    )
    .max(100)
    .default([]),
  /** Relay namespaces that bootstrap names; a connector keeps a control connection open to each. */
  namespaces: z.int().min(1).max(4).default(4),
  /** Missed bootstraps until the portal shows a connector as inactive. Assumed; nobody documents it. */
  'inactive-after-misses': z.int().min(1).default(2),
  faults: z.array(z.strictObject({ fault: z.enum(cloudFaults), host: destination })).default([]),
});

export const tenantSchema = z.strictObject({
  domain: name.default('contoso.test'),
  id: z.guid().default('7b0c9a52-4c1e-4d0a-9f3d-2a6f5c1d8e04'),
  licence: z.enum(['free', 'premium-p1', 'premium-p2']).default('premium-p1'),
  users: z
    .array(
      z.strictObject({
        name,
        roles: z.array(z.enum(['global-administrator', 'application-administrator'])).default([]),
        password: z.string().min(1).max(256).default('lab'),
        /** What the user's phone answers; the directory asks it of administrators and of who has this. */
        'second-factor': z.enum(['none', 'approve', 'deny']).optional(),
      }),
    )
    .prefault([
      { name: 'admin@contoso.test', roles: ['global-administrator'] },
      { name: 'mira@contoso.test', roles: [] },
    ]),
  /** Programs with a secret of their own, which can sign in without a user. */
  clients: z.array(z.strictObject({ id: z.guid(), name, secret: z.string().min(1).max(256) })).default([]),
});
