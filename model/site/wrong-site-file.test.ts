import { describe, expect, it } from 'vitest';
import { parseSite } from './read.js';
import { SiteFileError } from './site-file-error.js';

const application = (name: string) =>
  `  - { name: ${name}, external: "https://${name}.msappproxy.net", internal: "http://${name}.a.test" }\n`;

function problem(text: string): string {
  try {
    parseSite(text, 'site.yaml');
  } catch (error) {
    if (error instanceof SiteFileError) return error.message;
    throw error;
  }
  return 'nothing';
}

describe('a wrong site file gets its place and the nearest right word', () => {
  it.each([
    [
      'a pattern in a hosts file',
      'site: x\nservers: [{ name: a, hosts: { "*.contoso.test": 198.18.130.9 } }]',
      '"*.contoso.test" is not a host; a hosts file knows no wildcards',
    ],
    [
      'half an address in a hosts file',
      'site: x\nservers: [{ name: a, hosts: { files: 198.18.130 } }]',
      'servers[0].hosts.files: has to be an address, such as 198.18.130.20',
    ],
    [
      'an address that a resolver of a server does not give',
      'site: x\nservers: [{ name: a, resolver: { faults: [{ name: b.test, answer: nxdomain, address: 198.18.4.4 }] } }]',
      'only "wrong-address" gives an address; "nxdomain" gives none',
    ],
    [
      'a second factor',
      'site: x\ntenant: { conditional-access: true }',
      'tenant.conditional-access: a site cannot say it (P21): who may sign in',
    ],
    [
      'Server Core',
      'site: x\nservers: [{ name: a, server-core: true }]',
      'servers[0].server-core: a site cannot say it (P21): Server Core has no window',
    ],
    [
      'HTTP/2 to an application',
      'site: x\napplications: [{ name: a, external: "https://a.test/", internal: "http://a.test/", http2: true }]',
      'applications[0].http2: unknown key here; HTTP/2 is switched on at a server, for all that it asks: "http2" of "servers"',
    ],
    [
      'single sign-on of a server',
      'site: x\nservers: [{ name: a, single-sign-on: kerberos }]',
      'servers[0].single-sign-on: unknown key here; that connectors sign users in is said of the application: "single-sign-on: kerberos" of "applications"',
    ],
    [
      'the name of a service',
      'site: x\napplications: [{ name: a, external: "https://a.test/", internal: "http://a.test/", spn: HTTP/a }]',
      'applications[0].spn: a site cannot say it (P29): which names a service has',
    ],
    [
      'an application on a server that is not there',
      'site: x\nservers: [{ name: a1 }]\napplications: [{ name: i, external: "https://i.msappproxy.net/", internal: "http://localhost/", runs-on: [a2] }]',
      'applications[0].runs-on[0]: no server is called "a2"; did you mean "a1"?',
    ],
    [
      'an internal name under which the service publishes another application',
      'site: x\nservers: [{ name: a, resolver: { site-names: false } }]\napplications: [{ name: i, external: "https://i.msappproxy.net/", internal: "https://j.msappproxy.net/" }, { name: j, external: "https://j.msappproxy.net/", internal: "http://j.test/" }]',
      'applications[0].internal: a would find "j.msappproxy.net" at the service, which publishes "j" there',
    ],
    [
      'a line of a hosts file that leads to where the service publishes another application',
      'site: x\nservers: [{ name: a, hosts: { j.msappproxy.net: 198.18.66.1 } }]\napplications: [{ name: i, external: "https://i.msappproxy.net/", internal: "https://j.msappproxy.net/" }, { name: j, external: "https://j.msappproxy.net/", internal: "http://j.test/" }]',
      'applications[0].internal: a would find "j.msappproxy.net" at the service, which publishes "j" there',
    ],
    [
      'a pattern for a zone',
      'site: x\nresolver: { zones: { "*.contoso.test": 198.18.130.0/24 } }',
      '"*.contoso.test" is no name; did you mean "contoso.test", with all names below it?',
    ],
    [
      'a range for a zone',
      'site: x\nresolver: { zones: { contoso.test: 198.18.130.10-198.18.130.99 } }',
      'is neither an address nor a network such as 198.18.130.0/24',
    ],
    [
      'a number for a skew',
      'site: x\nservers: [{ name: a, clock-skew: 6 }]',
      'servers[0].clock-skew: 6 is not a duration such as 6m or -1h',
    ],
    [
      'a number for a share',
      'site: x\nlink: { loss: 5 }',
      'site.yaml:2:9: link.loss: 5 is not a share such as 0.5%',
    ],
    [
      'a number for a duration',
      'site: x\nlink: { round-trip: 40 }',
      'site.yaml:2:9: link.round-trip: 40 is not a duration such as 40ms, 30s, 4m, 2h or 10d',
    ],
    [
      'a number for a version',
      'site: x\nservers: [{ name: a, dotnet: 4.8 }]',
      'site.yaml:2:22: servers[0].dotnet: 4.8 is not a version in quotes, such as "4.8" or "1.5.3437.0"',
    ],
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
      'a port of a proxy behind a proxy',
      'site: x\nproxy: { address: "a:1", parent: { address: "b:1", rules: [{ deny: any, port: [80, 1025-99999] }] } }',
      'proxy.parent.rules[0].port: "1025-99999" is no port; ports go from 1 to 65535',
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
      'an unknown key',
      'site: x\nfirewal:\n  default: drop\n',
      'site.yaml:2:1: firewal: unknown key; did you mean "firewall"?',
    ],
    [
      'a key in a rule',
      'site: x\nfirewall:\n  rules:\n    - { allow: a.b, acount: local-system }\n',
      'site.yaml:4:21: firewall.rules[0].acount: unknown key; did you mean "account"?',
    ],
    [
      'a wrong word',
      'site: x\nservers:\n  - name: s\n    windows: server-2091\n',
      'site.yaml:4:5: servers[0].windows: "server-2091" is not one of',
    ],
    [
      'the nearest word',
      'site: x\nservers:\n  - name: s\n    windows: server-2O19\n',
      'did you mean "server-2019"?',
    ],
    [
      'a wrong type',
      'site: x\nfirewall:\n  rules: many\n',
      'site.yaml:3:3: firewall.rules: expected array, found "many"',
    ],
    ['no name', 'firewall: { default: drop }\n', 'site: is missing'],
    [
      'an impossible .NET',
      'site: x\nservers: [{ name: s, dotnet: "9.9" }]\n',
      'there is no .NET Framework 9.9',
    ],
    [
      'an impossible connector',
      'site: x\nservers: [{ name: s, connector: "0.0" }]\n',
      'there is no connector 0.0',
    ],
    [
      'an unknown service tag',
      'site: x\nfirewall: { rules: [{ allow: ServiceBuss, port: 443 }] }\n',
      'no service tag is called "ServiceBuss"; did you mean "ServiceBus"?',
    ],
    [
      'a URL for a host',
      'site: x\nfirewall: { rules: [{ allow: "https://a.b/c" }] }\n',
      'is a URL; a rule takes a host: "a.b"',
    ],
    [
      'a host that would end a line of a device’s configuration',
      'site: x\nfirewall: { rules: [{ allow: "a.b\\nhttp_access allow all" }] }\n',
      'is not a host, *.domain, address, range, service tag or any',
    ],
    [
      'ports upside down',
      'site: x\nfirewall: { rules: [{ allow: a.b, port: [443, 10120-10100] }] }\n',
      'site.yaml:2:35: firewall.rules[0].port: "10120-10100" ends before it begins; did you mean "10100-10120"?',
    ],
    [
      'ports that there are none of',
      'site: x\nproxy: { address: "a:1", rules: [{ deny: any, port: [80, 1025-99999] }] }\n',
      'proxy.rules[0].port: "1025-99999" is no port; ports go from 1 to 65535',
    ],
    [
      'the name of a protocol for a port',
      'site: x\nfirewall: { rules: [{ allow: a.b, port: https }] }\n',
      '"https" is not a port, a range such as 8080-8090, a list of them such as "443, 8080-8090", or any',
    ],
    [
      'a dot with another kind of match',
      'site: x\nfirewall: { rules: [{ allow: .a.b, match: suffix }] }\n',
      '"suffix" is written "*.a.b"; with a dot alone it is a domain: leave match out',
    ],
    [
      'rows with a kind of match',
      'site: x\nfirewall: { rules: [{ allow: documented, match: suffix }] }\n',
      'site.yaml:2:42: firewall.rules[0].match: "documented" brings the hosts of its rows and how they match; leave match out',
    ],
    [
      'rows on a port that none has',
      'site: x\nservers: [{ name: s, host-firewall: { rules: [{ allow: documented, port: [8080] }] } }]\n',
      'servers[0].host-firewall.rules[0].port: no documented row is on this port; they are on 80 and 443',
    ],
    [
      'rows where one name is needed',
      'site: x\nresolver: { faults: [{ name: documented, answer: timeout }] }\n',
      'resolver.faults[0].name: "documented" stands for rows in rules and lists of hosts; name one host here',
    ],
    [
      'two actions',
      'site: x\nfirewall: { rules: [{ allow: a.b, deny: a.b }] }\n',
      'a rule needs exactly one of allow, deny, reject, reset',
    ],
    [
      'an unknown group',
      'site: x\napplications: [{ name: A, external: "https://a.msappproxy.net", internal: "http://a.test", group: Berln }]\nconnector-groups: [{ name: Berlin }]\n',
      'no connector group is called "Berln"; did you mean "Berlin"?',
    ],
    [
      'two servers of one name',
      'site: x\nservers: [{ name: s }, { name: s }]\n',
      'a second server called "s"',
    ],
    ['broken YAML', 'site: x\nfirewall: [\n', 'site.yaml:'],
    ['a duplicate key', 'site: x\nsite: y\n', 'site.yaml:2:1: this key is here already'],
    ['a custom tag', 'site: !!js/function x\n', 'is not allowed in a site file'],
    ['several documents', 'site: x\n---\nsite: y\n', 'several documents'],
    ['nothing', '', 'is empty'],
    ['bytes', 'site: x\0', 'is not text'],
    ['tabs', 'site: x\nfirewall:\n\tdefault: drop\n', 'site.yaml:3:1: Tabs are not allowed as indentation'],
    ['a merge key', 'site: x\nfirewall: { <<: { default: drop } }\n', 'firewall.<<: unknown key'],
    ['an alias of nothing', 'site: *no\n', 'site.yaml:1:7: the alias *no names nothing above it'],
    [
      'an alias of itself',
      'site: x\nservers: &a [*a]\n',
      'site.yaml:2:14: the alias *a is inside what it names',
    ],
    ['a mapping as a key', '? { a: b }\n: x\n', 'a key is a word'],
    [
      'a date on a host',
      'site: x\nfirewall: { rules: [{ allow: a.b, as-of: 2023-07-31 }] }\n',
      'only service tags have a date',
    ],
    [
      'a duration that nobody waits for',
      'site: x\nlink: { idle-timeout: 4000d }\n',
      'link.idle-timeout: has to be from 1s to 365d',
    ],
    [
      'a duration without effect',
      'site: x\ncloud: { timers: { signalling-keep-alive: 0s } }\n',
      'signalling-keep-alive: has to be from 1s to 365d',
    ],
    [
      'a wildcard as an end',
      'site: x\nfirewall: { rules: [{ allow: "*.a.b", match: ends-with }] }\n',
      'no name ends with "*.a.b"; did you mean ".a.b"?',
    ],
    [
      'a wildcard that is exact',
      'site: x\nfirewall: { rules: [{ allow: "*.a.b", match: exact }] }\n',
      'did you mean "suffix"',
    ],
    [
      'a name that is an address',
      'site: x\nfirewall: { rules: [{ allow: a.host, match: address }] }\n',
      'is not an address',
    ],
    [
      'a rule about a machine that is none',
      'site: x\nservers: [{ name: app-1 }]\nfirewall:\n  rules:\n    - { allow: any, from: app-l }\n',
      'site.yaml:5:21: firewall.rules[0].from: no machine is called "app-l"; did you mean "app-1"?',
    ],
    [
      'a rule about the proxy of a site that has none',
      'site: x\nservers: [{ name: app-1 }]\nfirewall: { rules: [{ allow: any, from: proxy }] }\n',
      'no machine is called "proxy"; there are app-1',
    ],
    [
      'a rule of a server’s own firewall about another server',
      'site: x\nservers:\n  - name: one\n    host-firewall: { rules: [{ allow: any, from: two }] }\n  - name: two\n',
      'site.yaml:4:44: servers[0].host-firewall.rules[0].from: the host firewall of "one" sees no packet of "two"',
    ],
    [
      'a range that ends before it begins',
      'site: x\nfirewall: { rules: [{ allow: 198.18.66.9-198.18.66.1 }] }\n',
      'site.yaml:2:23: firewall.rules[0].allow: "198.18.66.9-198.18.66.1" ends before it begins; did you mean "198.18.66.1-198.18.66.9"?',
    ],
    [
      'a network that is none',
      'site: x\nfirewall: { rules: [{ allow: 198.18.66.0/33 }] }\n',
      '"198.18.66.0/33" is not an address, a CIDR or a range',
    ],
    [
      'a segment that ends before it begins',
      'site: x\nprivate-access: { quick-access: { segments: [{ to: 198.18.130.9-198.18.130.1, ports: 1 }] } }\n',
      'private-access.quick-access.segments[0].to: "198.18.130.9-198.18.130.1" ends before it begins',
    ],
    [
      'a certificate of an application without TLS',
      'site: x\napplications: [{ name: A, external: "https://a.msappproxy.net", internal: "http://a.test", certificate: expired }]\n',
      'applications[0].certificate: "http://a.test" shows no certificate; "https://a.test" would',
    ],
    [
      'a certificate that is misspelt',
      'site: x\napplications: [{ name: A, external: "https://a.msappproxy.net", internal: "https://a.test", certificate: expierd }]\n',
      'applications[0].certificate: "expierd" is not one of trusted, self-signed, expired, wrong-name; did you mean "expired"?',
    ],
    [
      'TLS and plain HTTP at one port',
      'site: x\napplications:\n  - { name: A, external: "https://a.msappproxy.net", internal: "https://a.test" }\n  - { name: B, external: "https://b.msappproxy.net", internal: "http://a.test:443" }\n',
      'site.yaml:4:54: applications[1].internal: "A" speaks TLS at the same address and port',
    ],
    [
      'two states of one address',
      'site: x\napplications:\n  - { name: A, external: "https://a.msappproxy.net", internal: "https://a.test" }\n  - { name: B, external: "https://b.msappproxy.net", internal: "https://a.test/", state: slow }\n',
      'applications[1].state: "A" has the same internal address, and is running',
    ],
    [
      'two certificates of one host',
      'site: x\napplications:\n  - { name: A, external: "https://a.msappproxy.net", internal: "https://a.test/a/" }\n  - { name: B, external: "https://b.msappproxy.net", internal: "https://a.test/b/", certificate: expired }\n',
      'applications[1].certificate: a host has one certificate, and that of "A" is trusted',
    ],
    [
      'a private resource where an application is',
      'site: x\napplications: [{ name: A, external: "https://a.msappproxy.net", internal: "https://a.test" }]\nprivate-access: { resources: [{ host: a.test, ports: [22, 443] }] }\n',
      'private-access.resources[0].ports: the application "A" is at port 443 of this host',
    ],
    [
      'more applications in a network than it has addresses',
      `site: x\nresolver: { zones: { a.test: 198.18.131.8/30 } }\napplications:\n${application('a')}${application('b')}`,
      'site.yaml:5:54: applications[1].internal: there is no address left for "b.a.test" in 198.18.131.8/30',
    ],
    [
      'a resource where no network has an address',
      'site: x\nresolver: { zones: { a.test: 198.18.131.8/32 } }\nprivate-access: { resources: [{ host: f.a.test, ports: [1] }] }\n',
      'private-access.resources[0].host: there is no address left for "f.a.test" in 198.18.131.8/32',
    ],
    [
      'more applications than the service has addresses',
      `site: x\napplications:\n${Array.from({ length: 91 }, (_, index) => application(`a${index}`)).join('')}`,
      'site.yaml:2:1: applications: 90 at most, found 91',
    ],
    [
      'an external address without TLS',
      'site: x\napplications: [{ name: A, external: "http://a.msappproxy.net", internal: "http://a.test" }]\n',
      '"http://a.msappproxy.net" is not an address such as https://intranet-contoso.msappproxy.net/',
    ],
    [
      'an external address of many hosts',
      'site: x\napplications: [{ name: A, external: "https://*.msappproxy.net", internal: "http://a.test" }]\n',
      '"https://*.msappproxy.net" is not an address such as',
    ],
    [
      'an internal address that no request can be made of',
      'site: x\napplications: [{ name: A, external: "https://a.msappproxy.net", internal: "mailto:a@b.test" }]\n',
      'applications[0].internal: "mailto:a@b.test" is not an address such as http://intranet.contoso.test/',
    ],
    [
      'a rule from an address that is none',
      'site: x\nfirewall: { rules: [{ allow: any, from: [app-proxy-01, 198.18.1.300] }] }\n',
      'site.yaml:2:56: firewall.rules[0].from[1]: "198.18.1.300" is not an address, a CIDR or a range',
    ],
    [
      'a rule of a server’s own firewall about addresses of others',
      'site: x\nservers:\n  - name: one\n    host-firewall: { rules: [{ allow: any, from: 198.18.1.11-198.18.1.20 }] }\n',
      'the host firewall of "one" sees no packet of "198.18.1.11-198.18.1.20"; leave from out',
    ],
    [
      'a local port',
      'site: x\nfirewall: { rules: [{ allow: any, local-port: 1024-65535 }] }\n',
      'firewall.rules[0].local-port: connections of a connector begin at any local port, 49152 to 65535',
    ],
    [
      'an action as other firewalls call it',
      'site: x\nfirewall: { rules: [{ drop: any }] }\n',
      'firewall.rules[0].drop: unknown key; did you mean "deny"?',
    ],
    [
      'a protocol that is none',
      'site: x\nfirewall: { rules: [{ deny: any, protocol: upd }] }\n',
      'firewall.rules[0].protocol: "upd" is not one of tcp, udp, any; did you mean "udp"?',
    ],
    [
      'an account that is misspelt',
      'site: x\nfirewall: { rules: [{ allow: any, account: network_service }] }\n',
      'firewall.rules[0].account: "network_service" is not an account: administrator, network-service, local-system, or one of the domain such as CONTOSO\\svc-connector$; did you mean "network-service"?',
    ],
    [
      'an account by its address',
      'site: x\nservers: [{ name: s, services: { connector: svc@contoso.test } }]\n',
      'servers[0].services.connector: "svc@contoso.test" is not an account: administrator',
    ],
    [
      'more accounts than firewalls can tell apart',
      `site: x\nfirewall:\n  rules:\n${Array.from({ length: 61 }, (_, at) => `    - { allow: any, account: 'C\\a${at}' }`).join('\n')}\n`,
      'servers: 64 accounts are named; a site may have 63',
    ],
    [
      'a host of several in a rule with its port',
      'site: x\nfirewall: { rules: [{ allow: [a.test, "b.test:443"] }] }\n',
      'site.yaml:2:39: firewall.rules[0].allow[1]: "b.test:443": write the port as a key of its own',
    ],
    [
      'a kind of match that is misspelt, for one host of several',
      'site: x\nfirewall: { rules: [{ allow: [{ host: "*.b.test", match: one-lable }] }] }\n',
      'firewall.rules[0].allow[0].match: "one-lable" is not one of wildcard, suffix, domain, exact, one-label, ends-with; did you mean "one-label"?',
    ],
    [
      'a kind of match that a host cannot have',
      'site: x\ninspection: { except: [{ host: "*.b.test", match: exact }] }\n',
      'inspection.except[0].match: no host is called "*.b.test"; did you mean "suffix" or "one-label"?',
    ],
    [
      'the same, of one host of several in a rule',
      'site: x\nfirewall: { rules: [{ allow: [{ host: "*.b.test", match: ends-with }] }] }\n',
      'site.yaml:2:51: firewall.rules[0].allow[0].match: no name ends with "*.b.test"; did you mean ".b.test"?',
    ],
    [
      'the same, of what the resolver says wrongly',
      'site: x\nresolver: { faults: [{ name: .b.test, match: suffix, answer: timeout }] }\n',
      'resolver.faults[0].match: "suffix" is written "*.b.test"',
    ],
    [
      'a key that an entry of a list does not have',
      'site: x\nproxy: { address: "a:1", rules: [{ allow: [{ hosts: a.test, match: exact }] }] }\n',
      'proxy.rules[0].allow[0].hosts: unknown key; did you mean "host"?',
    ],
    [
      'rows of the page with a kind of match',
      'site: x\nproxy: { address: "a:1", rules: [{ allow: [{ host: documented, match: one-label }] }] }\n',
      'proxy.rules[0].allow[0].host: "documented" brings the hosts of its rows and how they match; write it alone',
    ],
    [
      'the same in a rule',
      'site: x\nfirewall: { rules: [{ allow: [{ host: documented, match: one-label }] }] }\n',
      'firewall.rules[0].allow[0].match: "documented" brings the hosts of its rows and how they match; leave match out',
    ],
    [
      'a machine that is none, behind a rule about several hosts',
      'site: x\nfirewall:\n  rules:\n    - { allow: [a.test, b.test] }\n    - { allow: any, from: app }\n',
      'site.yaml:5:21: firewall.rules[1].from: no machine is called "app"',
    ],
    ['a list', '- site: x\n', 'a site file is a mapping'],
  ])('%s', (_, text, message) => {
    expect(problem(text)).toContain(message);
  });

  it('tells every wrong address at once, whatever else is wrong, from top to bottom', () => {
    const text = `site: x
servers: [{ name: s, host-firewall: { rules: [{ allow: 300.1.1.1 }] } }]
proxy: { address: "proxy.test:99999", rules: [{ allow: ["198.18.1.1/40"] }, { deny: a.test, except: [1.2.3] }] }
firewall:
  rules:
    - { allow: 198.18.1.9-198.18.1.2 }
    - { allow: [198.18.1.1, 300.1.1.2, a.test] }
    - { allow: Documentd }
inspection: { except: ["010.1.1.1"] }
resolver:
  zones: { contoso.test: 198.18.300.0/24 }
  faults: [{ name: a.test, answer: wrong-address, address: 10.0.0 }, { name: b.test, answer: timeout, address: 10.0.0.1 }]
private-access: { resources: [{ host: 1.2.3.4.5, ports: [1] }], quick-access: { segments: [{ to: 300.1.1.1, ports: 443 }, { to: a.test, ports: 9-8 }] } }
`;
    expect(problem(text).split('\n')).toEqual([
      'site.yaml:2:49: servers[0].host-firewall.rules[0].allow: "300.1.1.1" is not an address, a CIDR or a range',
      'site.yaml:3:10: proxy.address: there is no port 99999; ports go from 1 to 65535',
      'site.yaml:3:57: proxy.rules[0].allow[0]: "198.18.1.1/40" is not an address, a CIDR or a range',
      'site.yaml:3:102: proxy.rules[1].except[0]: "1.2.3" is not an address, a CIDR or a range',
      'site.yaml:6:9: firewall.rules[0].allow: "198.18.1.9-198.18.1.2" ends before it begins; did you mean "198.18.1.2-198.18.1.9"?',
      'site.yaml:7:29: firewall.rules[1].allow[1]: "300.1.1.2" is not an address, a CIDR or a range',
      expect.stringContaining(
        'site.yaml:8:9: firewall.rules[2].allow: no service tag is called "Documentd"; did you mean "documented"?',
      ),
      'site.yaml:9:24: inspection.except[0]: "010.1.1.1" is not an address, a CIDR or a range',
      expect.stringContaining('resolver.zones.contoso.test: "198.18.300.0/24" is neither an address nor'),
      expect.stringContaining('resolver.faults[0].address: "10.0.0" is not an address such as'),
      expect.stringContaining('resolver.faults[1].address: only "wrong-address" gives an address'),
      expect.stringContaining('private-access.resources[0].host: "1.2.3.4.5" is not an address'),
      expect.stringContaining('private-access.quick-access.segments[0].to: "300.1.1.1" is not an address'),
      expect.stringContaining('segments[1].ports: "9-8" ends before it begins; did you mean "8-9"?'),
    ]);
  });

  it('tells what is there twice, where each has to mean one thing', () => {
    const text = `site: x
servers: [{ name: s }, { name: S }]
connector-groups: [{ name: G, servers: [s] }, { name: G, servers: [s] }]
applications:
${application('a')}${application('a')}tenant: { users: [{ name: u }, { name: u }] }
private-access: { resources: [{ host: f.test, ports: [1] }, { host: F.test, ports: [2] }] }
`;
    expect(problem(text).split('\n')).toEqual([
      'site.yaml:2:26: servers[1].name: a second server called "S"',
      'site.yaml:3:49: connector-groups[1].name: a second connector group called "G"',
      'site.yaml:3:68: connector-groups[1].servers[0]: "s" is in the group "G" already; a server is in one',
      'site.yaml:6:7: applications[1].name: a second application called "a"',
      'site.yaml:6:16: applications[1].external: a second application at "https://a.msappproxy.net"',
      'site.yaml:7:34: tenant.users[1].name: a second user called "u"',
      'site.yaml:8:63: private-access.resources[1].host: a second resource called "F.test"',
    ]);
  });

  it.each([
    ['inspection: { except: [LIST] }', 'site.yaml:2:15: inspection.except'],
    ['firewall: { rules: [{ allow: a.b, port: [LIST] }] }', 'site.yaml:2:35: firewall.rules[0].port'],
    ['resolver: { faults: [LIST] }', 'site.yaml:2:13: resolver.faults'],
    ['resolver: { zones: { MAP } }', 'site.yaml:2:13: resolver.zones'],
    ['connector-groups: [LIST]', 'site.yaml:2:1: connector-groups'],
    ['nonsense: [LIST]', 'site.yaml:2:1: nonsense'],
  ])('refuses a list without end in one line: %s', (text, place) => {
    const numbers = Array.from({ length: 60_000 }, (_, index) => index + 1);
    const file = `site: x\n${text.replace('LIST', numbers.join(',')).replace('MAP', numbers.map((one) => `a${one}: 1`).join(','))}\n`;
    expect(problem(file)).toBe(`${place}: 10000 entries at most, found 60000`);
  });

  it('tells every problem at once', () => {
    expect(problem('site: x\nfirewal: 1\nproxi: 2\n').split('\n')).toHaveLength(2);
  });

  it('does not let the file write to the terminal', () => {
    expect(problem('site: x\n"\\e[31mred": 1\n')).toContain('\uFFFD[31mred: unknown key');
  });

  it.each([
    ['closed lists', `site: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
    ['open lists', `site: ${'['.repeat(500_000)}\n`],
    ['lists in one line', `${'- '.repeat(20_000)}\n`],
    ['mappings', Array.from({ length: 1200 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
  ])('refuses %s within each other', (_, text) => {
    expect(problem(text)).toBe('site.yaml: is nested deeper than 100 levels; no site file is');
  });

  it('tells the first of very many problems', () => {
    const keys = Array.from({ length: 9_000 }, (_, index) => `k${index}: 1`);
    const lines = problem(`site: x\n${keys.join('\n')}\n`).split('\n');
    expect(lines.length).toBeGreaterThan(5);
    expect(Buffer.byteLength(lines.join('\n'))).toBeLessThanOrEqual(2000);
    expect(lines.at(-1)).toBe('site.yaml: and 8950 more problems');
  });

  it('reads past a byte order mark, and anchors that are used fairly', () => {
    const text =
      '\uFEFFsite: x\nservers: [{ name: &it s }]\nconnector-groups: [{ name: G, servers: [*it] }]\n';
    expect(parseSite(text, 'site.yaml')['connector-groups'][0]?.servers).toEqual(['s']);
  });

  it('refuses a bomb of aliases', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`),
    ];
    expect(problem(`${bomb.join('\n')}\nsite: x\n`)).toContain('aliases stand for too many nodes');
  });
});
