import fc from 'fast-check';
import { stacks } from '../../evidence/vocabulary.js';
import { type ProxySetting, wpadStates } from '../../site/schema.js';
import { pattern } from './hosts.js';

const answer = fc.constantFrom(
  ...['DIRECT', 'DIRECT', 'PROXY proxy.contoso.test:8080', 'PROXY proxy.contoso.test:8080'],
  'PROXY parent.contoso.test:3128; DIRECT',
  // A dead proxy, by a name and by an address that nobody has.
  'PROXY old-proxy.contoso.test:8080; PROXY proxy.contoso.test:8080; DIRECT',
  ...['PROXY 203.0.113.9:3128; DIRECT', 'PROXY old-proxy.contoso.test:8080', 'PROXY 127.0.0.1:9000; DIRECT'],
);
/** What PAC files are made of: some domains, by one of the functions that all of them use, and the rest. */
const pacFile = fc
  .record({
    branches: fc.array(fc.record({ about: pattern, to: answer }), { maxLength: 3 }),
    scheme: fc.constantFrom(undefined, 'http:', 'https:'),
    rest: answer,
  })
  .map(({ branches, scheme, rest }) => {
    const lines = branches.map(
      ({ about, to }) => `  if (shExpMatch(host, "${about.replace(/^\./, '*.')}")) return "${to}";`,
    );
    const first = scheme
      ? [`  if (url.substring(0, ${scheme.length}) !== "${scheme}") return "${rest}";`]
      : [];
    return ['function FindProxyForURL(url, host) {', ...first, ...lines, `  return "${rest}";`, '}'].join(
      '\n',
    );
  });
export const bypass = fc.array(
  fc.oneof(
    pattern,
    fc.constantFrom('<local>', '198.18.*', '*.contoso.test', '*msappproxy*', '*', '10.*', '198.18.66.4'),
  ),
  {
    maxLength: 2,
  },
);
/** How the stacks find their proxy: by words that the site has a part for. */
export const found = fc.record(
  {
    told: fc.record(
      Object.fromEntries(
        stacks.map((stack) => [stack, fc.constantFrom('proxy', 'proxy', 'direct', 'pac', 'wpad')]),
      ),
    ),
    bypass,
    pac: pacFile,
    wpad: fc.oneof(
      fc.constantFrom(...wpadStates).map((state) => ({ state })),
      pacFile.map((file) => ({ file })),
    ),
    own: fc.record({
      stack: fc.constantFrom(...stacks),
      setting: fc.oneof(
        fc.constantFrom('direct' as const, 'pac' as const, 'wpad' as const),
        bypass.map((list) => ({ bypass: list })),
        pacFile.map((file) => ({ pac: file })),
      ),
    }),
  },
  { requiredKeys: ['told', 'pac', 'wpad'] },
);

/** A bypass list is of a proxy. */
export function ownSetting(
  setting: ProxySetting,
  hasProxy: boolean,
  tellable: (file: string) => string,
): ProxySetting {
  if (typeof setting === 'string') return setting;
  if ('pac' in setting) return { pac: tellable(setting.pac) };
  return hasProxy ? setting : 'direct';
}
