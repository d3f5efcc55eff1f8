import { describe, expect, it } from 'vitest';
import { problem } from './testing.js';

describe('what people call otherwise gets the nearest right word', () => {
  it.each([
    ['dns: {}', 'dns: unknown key; did you mean "resolver"?'],
    ['groups: []', 'groups: unknown key; did you mean "connector-groups"?'],
    ['link: { latency: 300ms }', 'link.latency: unknown key; did you mean "round-trip"?'],
    ['link: { timeout: 4m }', 'link.timeout: unknown key; did you mean "idle-timeout"?'],
    ['inspection: { exclude: ["*.a.test"] }', 'inspection.exclude: unknown key; did you mean "except"?'],
    [
      'proxy: { address: "p.test:1", no_proxy: [a.test] }',
      'proxy.no_proxy: unknown key; did you mean "bypass"?',
    ],
    [
      'servers: [{ name: a, firewall: {} }]',
      'servers[0].firewall: unknown key; did you mean "host-firewall"?',
    ],
    [
      'servers: [{ name: a, clockOffset: 6m }]',
      'servers[0].clockOffset: unknown key; did you mean "clock-skew"?',
    ],
    ['pac: { url: "http://wpad.test/p.pac" }', 'pac.url: unknown key; did you mean "file"?'],
    [
      'firewall: { rules: [{ action: deny }] }',
      'firewall.rules[0].action: unknown key; the action is a key itself',
    ],
    [
      'firewall: { application-rules: [{ fqdns: [a.test] }] }',
      'firewall.application-rules[0].fqdns: unknown key; the destination stands behind the action',
    ],
  ])('the key of %s', (text, message) => {
    expect(problem(`site: x\n${text}\n`)).toContain(message);
  });

  it.each([
    ['firewall: { default: deny }', 'did you mean "drop"?'],
    ['proxy: { address: "p.test:1", default: block }', 'did you mean "deny"?'],
    ['firewall: { rules: [{ allow: a.test, account: SYSTEM }] }', 'did you mean "local-system"?'],
    ['firewall: { rules: [{ allow: a.test, account: NetworkService }] }', 'did you mean "network-service"?'],
    [
      "firewall: { rules: [{ allow: a.test, account: 'NT AUTHORITY\\NETWORK SERVICE' }] }",
      'did you mean "network-service"?',
    ],
    ['proxy: { address: "p.test:1", authentication: kerberos }', 'did you mean "negotiate"?'],
    ['tenant: { licence: P1 }', 'did you mean "premium-p1"?'],
    ['resolver: { faults: [{ name: a.test, answer: servfail }] }', 'did you mean "nxdomain"?'],
    ['servers: [{ name: a, windows: Windows Server 2012 R2 }]', 'did you mean "server-2012-r2"?'],
    ['servers: [{ name: a, windows: 2019 }]', 'did you mean "server-2019"?'],
    ['servers: [{ name: a, stopped: [WAPCUpdaterSvc] }]', 'did you mean "updater"?'],
    ['cloud: { environment: AzureUSGovernment }', 'did you mean "us-government"?'],
  ])('the value of %s', (text, message) => {
    expect(problem(`site: x\n${text}\n`)).toContain(message);
  });

  it.each([
    ['servers: [{ name: a, clock-skew: 5 minutes }]', 'did you mean "5m"?'],
    ['servers: [{ name: a, clock-skew: +90 s }]', 'did you mean "90s"?'],
    ['link: { idle-timeout: 240 seconds }', 'did you mean "4m"?'],
    ['proxy: { address: "http://proxy.test:8080/" }', 'did you mean "proxy.test:8080"?'],
    ['servers: [{ name: a, tls: 1.2 }]', '1.2 is a number; write it in quotes: "1.2"'],
    ['proxy: proxy.test:8080', 'did you mean { address: "proxy.test:8080" }?'],
    [
      'servers: [app-1]',
      'servers[0]: expected a mapping (key: value), found "app-1"; did you mean { name: app-1 }?',
    ],
    ['firewall: { rules: ["*.a.test"] }', 'did you mean { allow: "*.a.test" }?'],
    ['proxy: { address: "p.test:1", used-by: service }', 'did you mean [service]?'],
  ])('the form of %s', (text, message) => {
    expect(problem(`site: x\n${text}\n`)).toContain(message);
  });

  it.each(['constructor: 1', 'firewall: { rules: [{ allow: a.test, toString: 1 }] }'])(
    'a key that every object has is unknown as any other: %s',
    (text) => {
      expect(problem(`site: x\n${text}\n`)).toMatch(/(constructor|toString): unknown key; known are/);
    },
  );

  it('guesses nothing that its place does not know, or that could be anything', () => {
    expect(problem('site: x\nwpad: { latency: 1 }\n')).not.toContain('did you mean');
    expect(problem('site: x\nlink: { idle-timeout: -4 minutes }\n')).not.toContain('did you mean');
    expect(problem('site: x\nlink: { idle-timeout: soon }\n')).not.toContain('did you mean');
  });
});
