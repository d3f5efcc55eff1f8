import { expect, it } from 'vitest';
import { problem } from './testing.js';

it.each([
  [
    'a PAC file that loops',
    'site: x\npac:\n  file: |\n    function FindProxyForURL(url, host) { for (;;); }\n',
    'site.yaml:3:3: pac.file: the PAC file does not come to an end, asked about contoso.bootstrap.msappproxy.net',
  ],
  [
    'a PAC file that is no code',
    'site: x\nservers: [{ name: a, proxy-settings: { system: { pac: "<html>" } } }]',
    'site.yaml:2:50: servers[0].proxy-settings.system.pac: the PAC file fails: SyntaxError: ',
  ],
  [
    'the name of a PAC file in its place',
    'site: x\npac: { file: ./proxy.pac }',
    'site.yaml:2:8: pac.file: "./proxy.pac" is the name of a file, and the file itself belongs here, below "|"; connector-lab import FILE --into SITE puts it there',
  ],
  [
    'a PAC file that is too long',
    `site: x\npac: { file: "${'x'.repeat(1_000_001)}" }`,
    'site.yaml:2:8: pac.file: 1000000 characters at most, found 1000001',
  ],
  [
    'a file of a host that has none',
    'site: x\nwpad: { state: not-found, file: "" }',
    'site.yaml:2:9: wpad.state: a host that is not-found gives no file; leave out one of the two',
  ],
  [
    'a stack that is told two things',
    'site: x\nproxy: { address: "a:1", used-by: [service] }\npac: { file: "function FindProxyForURL() { return \\"DIRECT\\" }" }',
    'site.yaml:3:1: pac.used-by: the service stack is told of proxy as well; leave it out of one of them',
  ],
  [
    'a setting that the site has no part for',
    'site: x\nservers: [{ name: a, proxy-settings: { system: wpad } }]',
    'site.yaml:2:40: servers[0].proxy-settings.system: the site has no wpad; write it, or set the stack to direct',
  ],
  [
    'a setting that is none',
    'site: x\nservers: [{ name: a, proxy-settings: { system: explicit } }]',
    '"explicit" is not direct, proxy, pac, wpad, { bypass: [...] } or { pac: ... }',
  ],
  [
    'an address with a path to bypass',
    'site: x\nproxy: { address: "a:1", bypass: ["http://a.test/b"] }',
    'proxy.bypass[0]: "http://a.test/b" is not a host, a pattern such as *.contoso.test or 10.*, or <local>',
  ],
  [
    'a scheme of authentication that no proxy has',
    'site: x\nproxy: { address: "a:1", authentication: [negotiat] }',
    'site.yaml:2:43: proxy.authentication[0]: "negotiat" is not one of basic, ntlm, negotiate; did you mean "negotiate"?',
  ],
  [
    'a proxy behind itself',
    'site: x\nproxy: { address: "a:1", parent: { address: "198.18.2.10:3128" } }',
    'proxy.parent.address: is the proxy itself (198.18.2.10); its parent is another machine',
  ],
  [
    'inspection at a proxy that is not there',
    'site: x\ninspection: { at: proxy }',
    'inspection.at: the site has no proxy; write it, or inspect at the edge',
  ],
  [
    'a page of inspection at the proxy',
    'site: x\nproxy: { address: "a:1" }\ninspection: { at: proxy, block-page: [a.test] }',
    'inspection.block-page: a proxy refuses by its own rules: proxy.rules, and refuses-with: page',
  ],
  [
    'a product of a proxy that inspects',
    'site: x\nproxy: { address: "a:1" }\ninspection: { at: proxy, product: mockttp }',
    'inspection.product: the proxy inspects by itself; leave it out',
  ],
  [
    'a proxy that nobody can tell dead',
    'site: x\nfirewall: { names-from: sni }\npac: { file: "function FindProxyForURL() { return \\"PROXY 192.0.2.1:80\\" }" }',
    'the lab cannot tell what becomes of the proxy 192.0.2.1:80 behind a firewall that learns names from the ClientHello',
  ],
  [
    'a kind of match that a host cannot have',
    'site: x\ninspection: { except: [{ host: "*.b.test", match: exact }] }\n',
    'inspection.except[0].match: no host is called "*.b.test"; did you mean "suffix" or "one-label"?',
  ],
])(
  'a proxy, its settings or inspection get their place and the nearest right word: %s',
  (_, text, message) => {
    expect(problem(text)).toContain(message);
  },
);
