import { expect, it } from 'vitest';
import { problem } from './testing.js';

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
    'single sign-on of a server',
    'site: x\nservers: [{ name: a, single-sign-on: kerberos }]',
    'servers[0].single-sign-on: unknown key here; that connectors sign users in is said of the application: "single-sign-on: kerberos" of "applications"',
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
    'rows where one name is needed',
    'site: x\nresolver: { faults: [{ name: documented, answer: timeout }] }\n',
    'resolver.faults[0].name: "documented" stands for rows in rules and lists of hosts; name one host here',
  ],
  ['two servers of one name', 'site: x\nservers: [{ name: s }, { name: s }]\n', 'a second server called "s"'],
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
    'an account by its address',
    'site: x\nservers: [{ name: s, services: { connector: svc@contoso.test } }]\n',
    'servers[0].services.connector: "svc@contoso.test" is not an account: administrator',
  ],
  [
    'a kind of match that a name cannot have',
    'site: x\nresolver: { faults: [{ name: .b.test, match: suffix, answer: timeout }] }\n',
    'resolver.faults[0].match: "suffix" is written "*.b.test"',
  ],
])('servers, names and the line get their place and the nearest right word: %s', (_, text, message) => {
  expect(problem(text)).toContain(message);
});
