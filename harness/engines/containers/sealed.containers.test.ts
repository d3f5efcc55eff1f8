import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressPlan } from '../../../model/site/address-plan.js';
import { documentedSite } from '../../../model/site/documented.js';
import type { Lab } from '../engine.js';
import { engineForTests, ownContainers, runIn, runtimeForTests } from './testing.js';

const docker = await runtimeForTests();
const run = promisify(execFile);

describe.skipIf(!docker)('a lab is sealed', () => {
  let lab: Lab;
  let containers: Docker.ContainerInspectInfo[];

  beforeAll(async () => {
    if (!docker) return;
    const engine = await engineForTests(docker);
    lab = await engine.open(documentedSite(), { scenario: 'sealed', startAt: Date.now(), record: () => {} });
    const list = await ownContainers(docker);
    containers = await Promise.all(list.map(({ Id }) => docker.getContainer(Id).inspect()));
  });
  afterAll(() => lab?.[Symbol.asyncDispose]());

  const inside = (role: string, ...command: string[]) => {
    if (!docker) throw new Error('no engine');
    return runIn(docker, role, ...command);
  };

  it('no machine of it reaches the host or what the host reaches', async () => {
    // The engine's own bridge: an address of this machine, and the closest to the lab.
    const { stdout } = await run('ip', ['-4', '-o', 'address', 'show', 'docker0']);
    const hosts = [...stdout.matchAll(/inet ([\d.]+)/g)].map(([, address]) => address ?? '');
    expect(hosts.length).toBeGreaterThan(0);
    for (const role of ['server-1', 'gateway', 'cloud', 'users', 'proxy', 'applications']) {
      // The positive control: the lab's own cloud answers the very same command, from where it may.
      for (const address of hosts) {
        const { code } = await inside(
          role,
          'curl',
          '-s',
          '-m',
          '1',
          '-o',
          '/dev/null',
          `http://${address}:2375/`,
        );
        expect(code, `${role} to ${address}`).not.toBe(0);
        const ping = await inside(role, 'sh', '-c', `ip route get ${address} | head -1`);
        expect(ping.text).not.toContain('docker0');
      }
    }
    const control = await inside('users', 'curl', '-sk', '-o', '/dev/null', 'https://198.18.67.1/');
    expect(control.code).toBe(0);
  });

  it('no query leaves it: a name of the real internet is unknown', async () => {
    for (const role of ['server-1', 'cloud', 'users']) {
      const { code } = await inside(role, 'curl', '-s', 'http://somewhere.example/');
      expect(code, role).toBe(6); // could not resolve host
    }
  });

  it('the engine gives its machines no network and no resolver that would ask outside', async () => {
    for (const role of ['server-1', 'cloud', 'users', 'gateway', 'proxy', 'applications']) {
      const { text } = await inside(role, 'ss', '-Huln', 'src', '127.0.0.11');
      expect(text, role).toBe('');
    }
    for (const { Name, HostConfig } of containers) expect(HostConfig.NetworkMode, Name).toBe('none');
  });

  it('the cloud answers for the whole internet, but not for its neighbours', async () => {
    const arriving = (address: string) =>
      inside('cloud', 'ip', 'route', 'get', address, 'from', '198.19.1.10', 'iif', 'outside');
    expect((await arriving('203.0.113.9')).text).toContain('local 203.0.113.9');
    // Whoever has an address for the kernel answers ARP for it: two would, and the first one wins.
    expect((await arriving(addressPlan.gatewayOutside)).text).not.toContain('local');
  });
});
