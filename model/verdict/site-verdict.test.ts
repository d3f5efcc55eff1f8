import { describe, expect, it } from 'vitest';
import type { LabEvent } from '../evidence/event.js';
import { type SiteInput, siteSchema } from '../site/schema.js';
import { siteVerdict } from './site-verdict.js';
import { attempt, connection, decision, played, runLog } from './testing.js';

const host = 'login.windows.net';
const failed = attempt({ operation: 'sign-in', host, outcome: 'tcp-drop' });

/** What `check` says of a site in which this happened. */
function verdict(events: readonly LabEvent[], site: Partial<SiteInput> = {}) {
  const log = runLog([{ ...played('check'), events: [connection({ host }), ...events] }], { check: 'k' });
  log.sites.set('k', siteSchema.parse({ site: 'A site', servers: [{ name: 's' }], ...site }));
  const { results, broken } = siteVerdict(log);
  return { outcome: results.scenarios[0]?.outcome, broken: broken.map(({ requirement }) => requirement.id) };
}

describe('the verdict on a site', () => {
  it('is about the host and the port where the link loses every packet', () => {
    const lost = decision({ device: 'link', action: 'lose', rule: 'loss 100%' });
    expect(verdict([lost, failed])).toEqual({
      outcome: 'failed',
      broken: [`hosts/${host}/443`, 'hosts/registration', 'ports/outbound-443'],
    });
  });

  it('is about idle timeouts where the link forgot a connection', () => {
    const forgotten = decision({ device: 'link', action: 'expire', rule: 'idle-timeout 2m' });
    expect(verdict([forgotten, failed])).toEqual({ outcome: 'passed', broken: ['hidden/idle-timeout'] });
  });

  it.each([
    ['host-firewall', undefined],
    ['host-firewall', 'Group policy 7'],
    ['edge-firewall', undefined],
    ['edge-firewall', 'Users of the proxy segment'],
  ] as const)('is about accounts where a rule of %s decided by account, called %s', (device, name) => {
    const rules = [{ deny: 'any', account: 'network-service' as const, ...(name && { name }) }];
    const firewall = { default: 'allow' as const, rules };
    const site =
      device === 'edge-firewall' ? { firewall } : { servers: [{ name: 's', 'host-firewall': firewall }] };
    const dropped = decision({ device, action: 'drop', rule: name ?? 'deny any account network-service' });
    expect(verdict([dropped, failed], site)).toEqual({
      outcome: 'failed',
      broken: ['ports/service-account'],
    });
  });

  it('is about accounts where the rule came with a change, and only its name tells', () => {
    const dropped = decision({
      device: 'host-firewall',
      action: 'drop',
      rule: 'deny any account network-service',
    });
    expect(verdict([dropped, failed], {}).broken).toEqual(['ports/service-account']);
  });

  it('is about the host where a rule without an account only sounds like one', () => {
    const rules = [{ deny: 'any', name: 'no account may pass' }];
    const site = { servers: [{ name: 's', 'host-firewall': { default: 'allow' as const, rules } }] };
    const dropped = decision({ device: 'host-firewall', action: 'drop', rule: 'no account may pass' });
    expect(verdict([dropped, failed], site).broken).toContain(`hosts/${host}/443`);
  });
});
