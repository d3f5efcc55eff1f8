import { documentedFirewall, documentedSite, results, scenarios, siteChange } from '../../harness/index.js';

const proxy = 'proxy.contoso.test:8080';
const file = `function FindProxyForURL(url, host) { return "PROXY ${proxy}"; }`;
const dropped = { device: 'edge-firewall', rule: 'default drop' } as const;
const withWpad = (wpad: { file: string } | { state: 'absent' | 'hangs' | 'not-found' }) =>
  documentedSite({
    proxy: { address: proxy, 'used-by': [] },
    wpad,
    firewall: {
      default: 'drop',
      rules: documentedFirewall('public').rules.map((rule) => ({ ...rule, from: 'proxy' })),
    },
  });

/** P5: where automatic detection fails, connections go direct, as if there were no proxy. The edge knows only the proxy. */
export default scenarios(
  [
    { state: 'absent', what: 'is not there any more' },
    { state: 'hangs', what: 'does not answer' },
    { state: 'not-found', what: 'has lost its file' },
  ] as const,
  ({ state, what }) => ({
    row: state,
    title: `The host wpad ${what}: everything goes direct, and the edge lets only the proxy out`,
    proves: 'hidden/proxy-for-every-stack',
    site: withWpad({ file }),
    change: siteChange(`wpad: ${state}`, () => withWpad({ state }), [{ kind: 'decision', ...dropped }]),
    expect: [
      results.bootstrap.tcpDrop({ host: '*.bootstrap.msappproxy.net', ...dropped }),
      results.listen.tcpDrop({ host: '*.servicebus.windows.net', ...dropped }),
      results.revocationCheck.tcpDrop({ port: 80, ...dropped }),
    ],
  }),
);
