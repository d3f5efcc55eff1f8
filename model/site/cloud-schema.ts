import { z } from 'zod';
import { cloudFaults } from '../evidence/vocabulary.js';
import { destination, duration, name, versionText } from './values.js';

/** As Graph names them (connector-facts 3.1). */
export const regionSchema = z.enum(['nam', 'eur', 'aus', 'asia', 'ind']);
export type Region = z.infer<typeof regionSchema>;

export const cloudSchema = z.strictObject({
  environment: z
    .enum(['public', 'us-government'])
    .default('public')
    .describe(
      'Which cloud it is; each has hosts of its own, and its own requirements page. Default: `public`.',
    ),
  region: regionSchema
    .default('eur')
    .describe('Region of the service in which the tenant is. Default: `eur`, Europe.'),
  timers: z
    .strictObject({
      'bootstrap-interval': duration('1s', '365d')
        .prefault('10m')
        .describe('Time between two reports of a connector. Default: `10m`.'),
      'bootstrap-retry': duration('1s', '365d')
        .prefault('1h')
        .describe(
          'Time between reports that go on failing; before, one comes after the interval and five with growing delays. Default: `1h`.',
        ),
      'renew-check': duration('1s', '365d')
        .prefault('6h')
        .describe('How often a connector looks whether its certificate is due. Default: `6h`.'),
      'renew-before-end': duration('0s', '365d')
        .prefault('30d')
        .describe('How long before its end a certificate is renewed. Default: `30d`.'),
      'signalling-keep-alive': duration('1s', '365d')
        .prefault('10s')
        .describe('Time between two signs of life on a signalling connection. Default: `10s`.'),
      'signalling-lease': duration('1s', '365d')
        .prefault('6h')
        .describe('How long a listener stays registered at the relay. Default: `6h`.'),
      'signalling-idle': duration('1s', '365d')
        .prefault('2h')
        .describe('How long a signalling connection may be without requests. Default: `2h`.'),
    })
    .prefault({})
    .describe(
      'Times that the service tells connectors in its answer to a report, as `30s`, `10m`, `6h` or `30d`.',
    ),
  'max-failed-bootstraps': z
    .int()
    .min(1)
    .max(100_000)
    .default(2166)
    .describe(
      'Failed reports in a row after which a connector gives up until it is started again. Default: 2166.',
    ),
  'required-connector': versionText
    .optional()
    .describe('Connectors older than this version are told to update. Default: none are.'),
  message: z
    .strictObject({
      level: z
        .enum(['information', 'error'])
        .default('information')
        .describe("Level of the entry in the connector's log. Default: `information`."),
      text: z.string().min(1).max(2000).describe('The words.'),
    })
    .optional()
    .describe('What the service has to say to connectors; it goes into their logs. Default: nothing.'),
  'hybrid-connections': z
    .array(
      z.strictObject({
        path: z
          .string()
          .max(260)
          .regex(/^[\w.-]+(\/[\w.-]+)*$/, 'a path such as orders or shop/orders')
          .describe('Path of the hybrid connection: `orders`, `shop/orders`.'),
        'client-authorization': z
          .boolean()
          .default(true)
          .describe('Whether senders need a token. Default: `true`.'),
      }),
    )
    .max(100)
    .default([])
    .describe(
      "Hybrid connections in the tenant's own namespace, for agents that are no connectors. Default: none.",
    ),
  namespaces: z
    .int()
    .min(1)
    .max(4)
    .default(4)
    .describe('Relay namespaces to each of which a connector keeps a control connection open. Default: 4.'),
  'connection-limit': z
    .int()
    .min(1)
    .max(10_000)
    .default(200)
    .describe(
      'Requests of users that a connector answers at once, each over a connection of its own; more wait for their turn. Default: 200.',
    ),
  'inactive-after-misses': z
    .int()
    .min(1)
    .default(2)
    .describe(
      'Missed reports until the portal shows a connector as inactive. Default: 2, which is assumed: nobody documents it.',
    ),
  faults: z
    .array(
      z.strictObject({
        fault: z.enum(cloudFaults).describe('What is wrong.'),
        host: destination.describe('The host where it is, or `*.domain` for every host below the domain.'),
      }),
    )
    .default([])
    .describe('What is wrong at the service itself. Default: nothing.'),
});

export const tenantSchema = z.strictObject({
  domain: name
    .default('contoso.test')
    .describe('Its domain, at which its users are. Default: `contoso.test`.'),
  id: z
    .guid()
    .default('7b0c9a52-4c1e-4d0a-9f3d-2a6f5c1d8e04')
    .describe(
      'Its id, a GUID. Hosts such as `{id}.bootstrap.msappproxy.net` have it in their names. Default: `7b0c9a52-4c1e-4d0a-9f3d-2a6f5c1d8e04`.',
    ),
  licence: z
    .enum(['free', 'premium-p1', 'premium-p2'])
    .default('premium-p1')
    .describe('Its licence. Default: `premium-p1`, the least with application proxy.'),
  users: z
    .array(
      z.strictObject({
        name: name.describe('Name with which the user signs in: `mira@contoso.test`.'),
        roles: z
          .array(z.enum(['global-administrator', 'application-administrator']))
          .default([])
          .describe('Roles of the directory. Default: none.'),
        password: z.string().min(1).max(256).default('lab').describe('The password. Default: `lab`.'),
        'second-factor': z
          .enum(['none', 'approve', 'deny'])
          .optional()
          .describe(
            "What the user's phone answers; the directory asks it of administrators and of who has this. Default: they approve, nobody else is asked.",
          ),
      }),
    )
    .prefault([
      { name: 'admin@contoso.test', roles: ['global-administrator'] },
      { name: 'mira@contoso.test', roles: [] },
    ])
    .describe('People in the directory. Default: an administrator `admin`, and `mira`.'),
  clients: z
    .array(
      z.strictObject({
        id: z.guid().describe('Id of the program, a GUID.'),
        name: name.describe('Name of the program.'),
        secret: z.string().min(1).max(256).describe('The secret with which it signs in.'),
      }),
    )
    .default([])
    .describe('Programs with a secret of their own, which sign in without a user. Default: none.'),
});
