import { expect, it } from 'vitest';
import { problem } from './testing.js';

const application = (name: string) =>
  `  - { name: ${name}, external: "https://${name}.msappproxy.net", internal: "http://${name}.a.test" }\n`;

it.each([
  [
    'HTTP/2 to an application',
    'site: x\napplications: [{ name: a, external: "https://a.test/", internal: "http://a.test/", http2: true }]',
    'applications[0].http2: unknown key here; HTTP/2 is switched on at a server, for all that it asks: "http2" of "servers"',
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
    'an unknown group',
    'site: x\napplications: [{ name: A, external: "https://a.msappproxy.net", internal: "http://a.test", group: Berln }]\nconnector-groups: [{ name: Berlin }]\n',
    'no connector group is called "Berln"; did you mean "Berlin"?',
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
])('applications and resources get their place and the nearest right word: %s', (_, text, message) => {
  expect(problem(text)).toContain(message);
});
