import { describe, expect, it } from 'vitest';
import { documentedSite } from '../site/documented.js';
import { requirementsOf, shownBy } from './requirements-of.js';
import type { FoundResult } from './results-of.js';
import { application, attempt, prerequisite } from './testing.js';

const host = 't.bootstrap.msappproxy.net';
const failed = (more: Partial<FoundResult> = {}): FoundResult => ({
  ...{ operation: 'bootstrap', result: 'tcp-drop', server: 'app-proxy-01', host, port: 443, events: [] },
  ...{ device: 'edge-firewall', rule: 'default drop' },
  ...more,
});
const aboutAccounts = 'ports/service-account';

describe('the requirements that a failure breaks', () => {
  it('are those of its place', () => {
    const broken = requirementsOf(failed(), documentedSite());
    expect(broken).toContain('ports/outbound-443');
    expect(broken).not.toContain(aboutAccounts);
    expect(new Set(broken).size).toBe(broken.length);
    expect(requirementsOf(failed({ host: undefined }), documentedSite())).toEqual([]);
    expect(requirementsOf(failed({ port: undefined }), documentedSite())).toEqual([]);
  });

  it('are about the account, where the rule that decided is', () => {
    const rules = [
      {
        deny: '*.msappproxy.net',
        port: 443 as const,
        account: 'network-service' as const,
        name: 'by account',
      },
      { deny: '*.msappproxy.net', port: 443 as const, name: 'for all' },
    ];
    const own = { name: 'app-proxy-01', 'host-firewall': { rules } };
    const said = (site: Parameters<typeof documentedSite>[0], more: Partial<FoundResult>) =>
      requirementsOf(failed(more), documentedSite(site)).includes(aboutAccounts);
    expect(said({ firewall: { rules } }, { rule: 'by account' })).toBe(true);
    expect(said({ firewall: { rules } }, { rule: 'for all' })).toBe(false);
    expect(said({ firewalls: [{ name: 'f', rules }, { name: 'g' }] }, { rule: 'f: by account' })).toBe(true);
    const ofServer = { device: 'host-firewall' as const, rule: 'by account' };
    expect(said({ servers: [own] }, ofServer)).toBe(true);
    expect(said({ servers: [own, { name: 'other' }] }, { ...ofServer, server: 'other' })).toBe(false);
    expect(said({ firewall: { rules } }, { device: 'proxy', rule: 'by account' })).toBe(false);
    expect(said({ firewall: { rules } }, { rule: undefined })).toBe(false);
  });

  it('are about the account, where a change brought a rule whose name says so', () => {
    const said = (rule: string) => requirementsOf(failed({ rule }), documentedSite()).includes(aboutAccounts);
    expect(said('deny any port 443 account network-service')).toBe(true);
    expect(said('branch: deny any account network-service from app-proxy-01')).toBe(true);
    expect(said('deny any account network-service (edge.rules:3)')).toBe(true);
    expect(said('deny any port 443')).toBe(false);
    expect(said('why account for it')).toBe(false);
  });
});

it('what worked shows the requirements of its place, of its fact, and of applications', () => {
  const shown = (...events: Parameters<typeof shownBy>[0]) => [...shownBy(events, documentedSite())];
  expect(shown(attempt({ host }))).toContain('ports/outbound-443');
  expect(shown(attempt({ host, outcome: 'tcp-drop' }))).toEqual([]);
  expect(shown(prerequisite())).toEqual(['server/os-version']);
  expect(shown(prerequisite({ met: false }))).toEqual([]);
  expect(shown(application())).toEqual(['server/reaches-application']);
});
