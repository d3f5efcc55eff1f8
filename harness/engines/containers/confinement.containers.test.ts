import type Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentedSite } from '../../../model/site/documented.js';
import type { Lab } from '../engine.js';
import { confinementOf, type RoleName, writable, writableRoot } from './confinement.js';
import { engineForTests, ownContainers, runIn, runtimeForTests } from './testing.js';

const docker = await runtimeForTests();
const roles: Record<string, RoleName> = {
  'server-1': 'server',
  ...{ gateway: 'gateway', cloud: 'cloud', applications: 'applications' },
  ...{ users: 'users', proxy: 'proxy', switch: 'switch' },
};
/** By number, as the kernel writes sets of them (include/uapi/linux/capability.h). */
const numbers: Record<string, number> = {
  ...{ CHOWN: 0, DAC_OVERRIDE: 1, KILL: 5, SETGID: 6, SETUID: 7, NET_ADMIN: 12, NET_RAW: 13 },
};

describe.skipIf(!docker).each(Object.entries(roles))('%s', (machine, role) => {
  let lab: Lab;
  let container: Docker.ContainerInspectInfo;

  beforeAll(async () => {
    if (!docker) return;
    const engine = await engineForTests(docker);
    // squid and mitmproxy run in it, beside what always does.
    const site = documentedSite({
      inspection: { product: 'mitmproxy' },
      proxy: { address: 'proxy.contoso.test:8080' },
    });
    lab = await engine.open(site, { scenario: 'confined', startAt: Date.now(), record: () => {} });
    const list = await ownContainers(docker);
    const found = list.find(({ Names }) => Names.some((name) => name.endsWith(`-${machine}`)));
    container = await docker.getContainer(found?.Id ?? '').inspect();
  });
  afterAll(() => lab?.[Symbol.asyncDispose]());

  const inside = async (command: string) => {
    if (!docker) throw new Error('no engine');
    return runIn(docker, machine, 'sh', '-c', command);
  };
  const wanted = () => confinementOf(role, { captures: false });

  it('has the capabilities of its row, and the kernel says so too', async () => {
    const { CapAdd = [], CapDrop } = container.HostConfig;
    const added = (CapAdd ?? []).map((name: string) => name.replace('CAP_', '')).sort();
    expect(added).toEqual([...(wanted().CapAdd ?? [])].sort());
    expect(CapDrop).toEqual(['ALL']);
    expect(added).not.toContain('NET_RAW');
    const mask = added.reduce((sum: number, name: string) => sum + 2 ** (numbers[name] ?? 60), 0);
    const { text } = await inside('cat /proc/1/status');
    // With the host's processes in sight, the first is the host's.
    if (role !== 'switch')
      expect(text).toMatch(new RegExp(`CapBnd:\\s*${mask.toString(16).padStart(16, '0')}`));
    if (role !== 'switch') expect(text).toMatch(/NoNewPrivs:\s*1\n/);
    if (role !== 'switch') expect(text).toMatch(/Seccomp:\s*2\n/);
  });

  it('is limited, and nothing of it is in a file of the host', () => {
    const { HostConfig, Mounts } = container;
    for (const key of ['Memory', 'MemorySwap', 'PidsLimit', 'Ulimits', 'LogConfig'] as const)
      expect(HostConfig[key], key).toEqual(wanted()[key]);
    // SELinux has no label for who sees the host's processes.
    const labelled = role === 'switch' ? ['label=disable'] : [];
    expect(HostConfig.SecurityOpt).toEqual(['no-new-privileges', ...labelled]);
    expect(HostConfig.Privileged).toBe(false);
    expect(HostConfig.NetworkMode).toBe('none');
    expect(HostConfig.PidMode).toBe(role === 'switch' ? 'host' : '');
    expect(Mounts.filter(({ Type }) => Type !== 'tmpfs')).toEqual([]);
  });

  it('writes in its named places only', async () => {
    expect(container.HostConfig.ReadonlyRootfs).toBe(!(role in writableRoot));
    for (const place of Object.keys(writable))
      expect((await inside(`touch ${place}/try && rm ${place}/try`)).text, place).toBe('');
    const { code, text } = await inside('touch /opt/lab/agent.mjs /etc/try');
    if (role in writableRoot) expect(code).toBe(0);
    else expect(text).toMatch(/Read-only file system/);
  });

  it('has no program that makes anybody more than he is', async () => {
    // One image for all: the gateway and the proxy may look everywhere.
    const found = await inside('(find / -xdev -type f -perm /6000; getcap -r /) 2> /dev/null');
    expect(found.text).toBe('');
  });

  it('runs what reads the network’s own words as no root, where it is not our own program', async () => {
    if (role === 'switch') return;
    const { text } = await inside('ps -eo user:20,comm --no-headers');
    const others = text
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([user, name = '']) => user === 'root' && /dnsmasq|mitm|python|squid|tcpdump/.test(name));
    expect(others).toEqual([]);
    if (role === 'gateway')
      expect(text).toMatch(/nobody +dnsmasq[\s\S]*nobody +mitmdump|nobody +mitmdump[\s\S]*nobody +dnsmasq/);
  });
});
