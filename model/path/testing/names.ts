import fc from 'fast-check';
import { entryText } from '../../site/host-entry.js';
import type { SiteInput } from '../../site/schema.js';
import { entry, ruleHosts } from './hosts.js';

export const faults = fc.array(
  fc
    .record({
      entry,
      answer: fc.constantFrom(
        'nxdomain' as const,
        'timeout' as const,
        'wrong-address' as const,
        'no-chain' as const,
      ),
    })
    .map(({ entry: of, answer }) => ({
      name: entryText(of),
      ...(typeof of !== 'string' && { match: of.match }),
      answer,
    })),
  { maxLength: 2 },
);

/** Hosts that a line of a hosts file can be about. */
const lineHost = fc.constantFrom(...ruleHosts.filter((host) => /^[\w.-]+$/.test(host)));
/** Where nobody is, the server itself, and an address that means nothing in a lab. */
const lineAddress = fc.constantFrom('198.18.255.9', '0.0.0.0', '127.0.0.1', '20.190.159.4');

/**
 * How one server learns names in another way than the rest: wrong lines in its hosts file, and the right one
 * of the proxy; a resolver of its own.
 */
export const ownNames: fc.Arbitrary<Partial<NonNullable<SiteInput['servers']>[number]>> = fc.record(
  {
    hosts: fc
      .array(
        fc.oneof(
          { weight: 4, arbitrary: fc.tuple(lineHost, lineAddress) },
          fc.constantFrom<[string, string]>(
            ['proxy.contoso.test', '198.18.2.10'],
            ['proxy.contoso.test', '198.18.2.99'],
            ['intranet-contoso.msappproxy.net', '198.18.66.9'],
            ['intranet.contoso.test', '127.0.0.1'],
          ),
        ),
        { maxLength: 3 },
      )
      .map((lines) => Object.fromEntries(lines)),
    resolver: fc.record({ 'site-names': fc.constantFrom(true, true, false), faults }),
    search: fc.constantFrom(['corp.test'], ['corp.test', 'contoso.test'], []),
  },
  { requiredKeys: [] },
);
