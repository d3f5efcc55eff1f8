import fc from 'fast-check';
import { accounts as builtIn } from '../evidence/vocabulary.js';
import { completeSite } from '../site/complete.js';
import type { Rule, SiteInput } from '../site/schema.js';
import type { Policy } from './decide.js';
import type { Flow } from './flow.js';
import { lintSite } from './lint-site.js';

/** A flow of app-proxy-01 to port 443. */
export function flowTo(host: string, address: string): Flow {
  return { machine: 'app-proxy-01', host, address, port: 443 };
}

const accounts = [...builtIn, 'CONTOSO\\svc-connector$' as const];
// Few values, so that rules and flows often meet.
const label = fc.constantFrom('a', 'b');
const name = fc
  .tuple(fc.array(label, { maxLength: 2 }), fc.constantFrom('x.test', 'y.test'))
  .map(([labels, zone]) => [...labels, zone].join('.'));
const address = fc.tuple(fc.nat(1), fc.nat(3)).map(([third, last]) => `198.18.${66 + third}.${last}`);
const port = fc.constantFrom(80, 443);
export const destination = fc.oneof(
  name,
  name.map((text) => `*.${text}`),
  fc.constantFrom('.x.test', 'test', 'a.x.test/path', 'X.test'),
  fc.constantFrom('*x.test', 'a*test', 'a.*.test', '*.a.*', 'b*.x.*'),
  address,
  address.map((text) => `${text}/24`),
  address.map((text) => `${text}/255.255.255.254`),
  address.map((text) => `${text}-198.18.67.9`),
  address.map((text) => `198.17.255.250-${text}`),
  fc.constantFrom('any', 'AzureCloud', 'ServiceBus'),
  // Found by many blocks, and by none.
  fc.constantFrom('198.18.0.0/15', '198.18.60.0-198.19.3.9', '198.16.0.0/13', '128.0.0.0/1', '0.0.0.0/0'),
);

export const anyRule: fc.Arbitrary<Rule> = fc
  .record(
    {
      action: fc.constantFrom('allow', 'deny', 'reject', 'reset'),
      destination,
      port: fc.oneof(
        port,
        fc.constant<'any'>('any'),
        fc.constant<number[]>([80, 443]),
        fc.constantFrom('79-81', '80, 443-444', '1-442'),
      ),
      account: fc.constantFrom(...accounts),
      from: fc.constantFrom('app-proxy-01', 'proxy', ['app-proxy-01', 'proxy'], '10.0.0.0/8'),
      protocol: fc.constantFrom('tcp', 'any', 'udp'),
    },
    { requiredKeys: ['action', 'destination', 'port'] },
  )
  .chain(({ action, destination: to, ...rest }) =>
    fc
      .constantFrom(
        undefined,
        ...(to.startsWith('*.') ? (['suffix', 'one-label'] as const) : []),
        ...(/^[.a-z]/.test(to) ? (['suffix', 'ends-with', 'domain'] as const) : []),
      )
      .map((match) => ({
        ...rest,
        [action]: to,
        ...(match && { match }),
      })),
  );

export const anyPolicy: fc.Arbitrary<Policy> = fc.record({
  default: fc.constantFrom('allow', 'drop', 'reject', 'reset'),
  rules: fc.array(anyRule, { minLength: 1, maxLength: 6 }),
});

export const anyFlow: fc.Arbitrary<Flow> = fc.record(
  {
    machine: fc.constantFrom('app-proxy-01', 'proxy'),
    account: fc.constantFrom(...accounts),
    host: name,
    address,
    port,
  },
  { requiredKeys: ['machine', 'host', 'address', 'port'] },
);

/** What hints say of a site, with what was meant. */
export function hints(part: Partial<SiteInput>): string[] {
  return lintSite(completeSite({ site: 'x', ...part })).map(({ message, suggestion }) =>
    suggestion === undefined ? message : `${message} (meant: ${suggestion}?)`,
  );
}
