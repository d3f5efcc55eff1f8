import { expect, it } from 'vitest';
import { problem } from './testing.js';

it.each([
  [
    'a port of a proxy behind a proxy',
    'site: x\nproxy: { address: "a:1", parent: { address: "b:1", rules: [{ deny: any, port: [80, 1025-99999] }] } }',
    'proxy.parent.rules[0].port: "1025-99999" is no port; ports go from 1 to 65535',
  ],
  [
    'a key in a rule',
    'site: x\nfirewall:\n  rules:\n    - { allow: a.b, acount: local-system }\n',
    'site.yaml:4:21: firewall.rules[0].acount: unknown key; did you mean "account"?',
  ],
  [
    'a wrong type',
    'site: x\nfirewall:\n  rules: many\n',
    'site.yaml:3:3: firewall.rules: expected a list, found "many"',
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
    'two actions',
    'site: x\nfirewall: { rules: [{ allow: a.b, deny: a.b }] }\n',
    'a rule needs exactly one of allow, deny, reject, reset',
  ],
  [
    'a date on a host',
    'site: x\nfirewall: { rules: [{ allow: a.b, as-of: 2023-07-31 }] }\n',
    'only service tags have a date',
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
    'a kind of match that a host cannot have, of one host of several',
    'site: x\nfirewall: { rules: [{ allow: [{ host: "*.b.test", match: ends-with }] }] }\n',
    'site.yaml:2:51: firewall.rules[0].allow[0].match: no name ends with "*.b.test"; did you mean ".b.test"?',
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
    'rows of the page with a kind of match',
    'site: x\nfirewall: { rules: [{ allow: [{ host: documented, match: one-label }] }] }\n',
    'firewall.rules[0].allow[0].match: "documented" brings the hosts of its rows and how they match; leave match out',
  ],
  [
    'a machine that is none, behind a rule about several hosts',
    'site: x\nfirewall:\n  rules:\n    - { allow: [a.test, b.test] }\n    - { allow: any, from: app }\n',
    'site.yaml:5:21: firewall.rules[1].from: no machine is called "app"',
  ],
])('a rule gets its place and the nearest right word: %s', (_, text, message) => {
  expect(problem(text)).toContain(message);
});
