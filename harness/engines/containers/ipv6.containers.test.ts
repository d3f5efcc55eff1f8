import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LabEvent } from '../../../model/evidence/event.js';
import { addressPlan, ipv6Network, ipv6Of, serverAddress } from '../../../model/site/address-plan.js';
import { documentedSite } from '../../../model/site/documented.js';
import type { SiteInput } from '../../../model/site/schema.js';
import type { Lab } from '../engine.js';
import { engineForTests, engineSaid, ownContainers, runIn, runtimeForTests } from './testing.js';

const docker = await runtimeForTests();
const server = 'app-proxy-01';
const host = 'login.microsoftonline.com';
const machines = ['server-1', 'gateway', 'cloud', 'users', 'proxy', 'applications'];
/** A public address at which the cloud answers whoever comes. */
const open = '198.18.67.1';
/** An address of the real internet (RFC 3849 keeps the lab's out of it). */
const elsewhere = '2606:4700:4700::1111';

describe.skipIf(!docker)('a site whose names have addresses of IPv6', () => {
  let lab: Lab;
  let events: LabEvent[] = [];

  beforeAll(async () => {
    if (!docker) return;
    const engine = await engineForTests(docker);
    const record = (event: LabEvent) => events.push(event);
    lab = await engine.open(documentedSite(), { scenario: 'ipv6', startAt: Date.now(), record });
  });
  afterAll(() => lab?.[Symbol.asyncDispose]());

  const inside = async (machine: string, ...command: string[]) => {
    if (!docker) throw new Error('no engine');
    return runIn(docker, machine, ...command);
  };

  async function attemptIn(parts: SiteInput['link']) {
    await lab.change(documentedSite({ link: parts }));
    events = [];
    await lab.perform({ do: 'operate', server, operation: 'install' });
    await lab.perform({ do: 'reach', from: server, account: 'network-service', host, port: 443 });
    return {
      attempts: events.flatMap((event) => (event.kind === 'attempt' ? [event] : [])),
      told: events.flatMap((event) => (event.kind === 'decision' && event.flow.host === host ? [event] : [])),
      reached: events.findLast((event) => event.kind === 'reach'),
    };
  }

  it.each([
    ['silent', 21_000],
    ['refused', undefined],
  ] as const)('that are %s: servers try them first, and then those of IPv4', async (ipv6, waitedMs) => {
    const { attempts, told, reached } = await attemptIn({ ipv6 });
    expect(attempts.length).toBeGreaterThan(0);
    for (const one of attempts) expect([one.outcome, one.waitedMs]).toEqual(['ok', waitedMs]);
    const [first, next] = told.filter(({ connection }) => connection === reached?.connection);
    expect(first).toMatchObject({ device: 'link', action: 'delay', rule: `ipv6 ${ipv6}` });
    // What the kernel saw is a packet of IPv6, from the server to what the resolver had answered.
    const there = ipv6Of(first?.flow.address ?? '');
    expect(first?.log).toContain(`link ipv6: SRC=${ipv6Of(serverAddress(0))} DST=${there} PROTO=TCP`);
    expect(next).toMatchObject({ device: 'host-firewall', action: 'allow' });
    expect(reached).toMatchObject({ outcome: 'ok' });
  });

  it('lead to nobody: programs of a server that know IPv6 alone reach nothing', async () => {
    await lab.change(documentedSite({ link: { ipv6: 'refused' }, firewall: { default: 'allow' } }));
    // The kernel itself gives up on silence after two minutes; curl says so with another code.
    const curl = (at: string) =>
      inside('server-1', 'curl', '-gsSk', '-m', '60', '-o', '/dev/null', `https://${at}/`);
    const over6 = await curl(`[${ipv6Of(open)}]`);
    expect(over6.code).toBe(7); // could not connect
    expect((await curl(open)).code).toBe(0);
  });

  it('have a lab that is as sealed as any: nobody else has IPv6, and none of it goes on', async () => {
    await lab.change(documentedSite({ link: { ipv6: 'silent' } }));
    for (const machine of machines) {
      const { text } = await inside(machine, 'ip', '-6', '-o', 'address', 'show');
      const own: Record<string, string> = {
        'server-1': ipv6Of(serverAddress(0)),
        gateway: ipv6Of(addressPlan.gatewayInside),
      };
      const found = [...text.matchAll(/: (\S+) +inet6 (\S+)\/128 /g)].map(([, at, one]) => `${at} ${one}`);
      expect(found, machine).toEqual(own[machine] ? [`inside ${own[machine]}`] : []);
      expect((await inside(machine, 'ip', '-6', 'route', 'get', elsewhere)).code, machine).not.toBe(0);
      const forwards = await inside(machine, 'cat', '/proc/sys/net/ipv6/conf/all/forwarding');
      expect(forwards.text.trim(), machine).toBe('0');
    }
    const beyond = await inside('gateway', 'ip', '-6', 'route', 'get', ipv6Of(addressPlan.cloud));
    expect(beyond.code).not.toBe(0);
    const { text } = await inside('server-1', 'ip', '-6', 'route', 'show', ipv6Network);
    expect(text).toContain(`via ${ipv6Of(addressPlan.gatewayInside)} dev inside`);
  });

  it('leave none behind: the next site on the same machines has no IPv6', async () => {
    if (!docker) return;
    const before = engineSaid.length;
    await lab.change(documentedSite());
    for (const machine of machines) {
      const { text } = await inside(
        machine,
        'sh',
        '-c',
        'cat /proc/sys/net/ipv6/conf/*/disable_ipv6 /proc/net/if_inet6',
      );
      expect([...new Set(text.trim().split(/\s+/))], machine).toEqual(['1']);
    }
    await lab.change(documentedSite({ link: { ipv6: 'silent' } }));
    await lab[Symbol.asyncDispose]();
    expect(engineSaid.slice(before)).toEqual([]);
    const names = (await ownContainers(docker)).flatMap(({ Names }) => Names);
    expect(names.filter((name) => name.endsWith('-ipv6'))).toEqual([]);
  });
});
