import { randomUUID } from 'node:crypto';
import type Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureImage } from '../../../../docker/images.js';
import { addressPlan, ipv6Of, serverAddress } from '../../../../model/site/address-plan.js';
import { labelOf } from '../labels.js';
import { Machines } from '../machines.js';
import { runIn, runtimeForTests } from '../testing.js';
import { Python } from './python.js';

const docker = await runtimeForTests();
const { gatewayInside } = addressPlan;

/** By these everything that an attack sends or brings about is known, wherever it is heard. */
const signs = {
  hardware: ['02:5e:a1:00:5e:a1'],
  addresses: ['203.0.113.211', '198.18.200.211', 'fe80::5ea1', '2001:db8:5ea1::1', ipv6Of(serverAddress(0))],
  outside: '203.0.113.9',
};

/** The same of IPv6 alone. */
const ofIpv6 = { hardware: [], addresses: signs.addresses.filter((one) => one.includes(':')) };

interface Here {
  outer: string | null;
  interfaces: { name: string; index: number; hardware: string; addresses: string[] }[];
  resolvers: string[];
}
/** Frames by interface of whoever heard them, and the first of each. */
interface Heard {
  lost: number;
  counts: Record<string, number>;
  samples: Record<string, string>;
}
interface Attack {
  sent: number;
  /** Packets of IPv6 that the kernel took from programs. */
  byKernel: number;
  heard: string[];
  borrowed: string[];
}

describe.skipIf(!docker)('a machine that sends whatever it likes', () => {
  const labs: Machines[] = [];
  const runs = ['attacked', 'neighbour'].map((name) => `${name}-${randomUUID()}`);
  let image: string;

  beforeAll(async () => {
    if (!docker) return;
    image = await ensureImage(docker, () => {});
    for (const run of runs) labs.push(await Machines.start(docker, image, run));
  });
  afterAll(() => Promise.all(labs.map((lab) => lab[Symbol.asyncDispose]())));

  const engine = (): Docker => {
    if (!docker) throw new Error('no engine');
    return docker;
  };
  /** Containers of a lab, and the hardware addresses that its machines have on a network. */
  const membersOf = async (run: string) => {
    const filters = { label: [`${labelOf.run}=${run}`] };
    const view = Object.assign(Object.create(engine()) as Docker, {
      listContainers: () => engine().listContainers({ filters }),
    });
    const list = await view.listContainers();
    const ends = (name: string) => list.find(({ Names }) => Names.some((one) => one.endsWith(`-${name}`)));
    return {
      container: (name: string) => `container:${ends(name)?.Id}`,
      hardware: async (network: string) => {
        const found = new Map<string, string>();
        for (const name of ['gateway', 'cloud', 'users', 'proxy', 'applications', 'server-1']) {
          const { code, text } = await runIn(view, name, 'cat', `/sys/class/net/${network}/address`);
          if (code === 0) found.set(name, text.trim());
        }
        return found;
      },
    };
  };
  const watch = (network: string, outer: boolean, what: object = {}) =>
    Python.start({
      ...{ docker: engine(), image, script: 'watch.py', network, capabilities: ['NET_RAW'] },
      told: { ...signs, outer, ...what },
    });
  /** Everything that can be said to whoever is here, to their neighbours, and to the world. */
  const attack = (
    network: string,
    { interfaces, outer, resolvers, beside = [] }: Here & { beside?: string[] },
    others: object,
  ) => {
    const addresses = interfaces.flatMap((one) => one.addresses);
    const told = {
      to: [
        ...[
          'ff:ff:ff:ff:ff:ff',
          '01:00:5e:00:00:01',
          '01:00:5e:00:00:fb',
          '33:33:00:00:00:01',
          '33:33:00:00:00:02',
        ],
        ...Array.from({ length: 16 }, (_, last) => `01:80:c2:00:00:0${last.toString(16)}`),
        ...interfaces.filter(({ name }) => !/^(veth|lo)/.test(name)).map(({ hardware }) => hardware),
        ...beside,
      ],
      ipv4: [
        ...addresses.filter((address) => !address.includes(':')),
        ...[...resolvers, signs.outside, '169.254.169.254', '224.0.0.251', '255.255.255.255'],
        ...[serverAddress(0), addressPlan.gatewayOutside, '198.19.128.1'],
      ],
      ipv6: [
        ...addresses.filter((address) => address.includes(':')),
        ...['ff02::1', 'ff02::2', 'fd00:ec2::254'],
        ...[addressPlan.gatewayInside, addressPlan.cloud, '198.18.64.1'].map(ipv6Of),
      ],
      sources4: ['203.0.113.211', '198.18.200.211'],
      sources6: ofIpv6.addresses,
      hardware: signs.hardware[0],
      indexes: interfaces.filter(({ name }) => name === outer).map(({ index }) => index),
      ...others,
    };
    // The most that any machine of a lab may do.
    const capabilities = ['NET_RAW', 'NET_ADMIN'];
    return Python.start({ docker: engine(), image, script: 'attack.py', told, network, capabilities });
  };

  it('is heard by the host and answered, and gets out, on a network of the engine: so the sensors live', async () => {
    const name = `connector-lab-test-${process.pid}-unsealed`;
    const network = await engine().createNetwork({
      Name: name,
      Options: {
        'com.docker.network.bridge.inhibit_ipv4': 'true',
        'com.docker.network.bridge.enable_ip_masquerade': 'false',
      },
    });
    try {
      await using watcher = await watch('host', true);
      const here = await watcher.says<Here>();
      const bridge = here.interfaces.find((one) => one.name === `br-${network.id.slice(0, 12)}`);
      const neighbour = { address: signs.outside, hardware: bridge?.hardware };
      await using attacker = await attack(name, here, { interface: 'eth0', neighbour });
      const { sent, heard, borrowed } = await attacker.says<Attack>();
      expect(heard).toContain(bridge?.hardware);
      const { counts } = await watcher.says<Heard>('end');
      // What leaves has other hardware addresses; the attack is known by the others.
      expect(Object.keys(counts)).toEqual(expect.arrayContaining([bridge?.name, here.outer]));
      console.log(`unsealed: ${sent} frames sent, heard ${JSON.stringify({ ...counts, borrowed })}`);
    } finally {
      await network.remove();
    }
  });

  it.each([
    { machine: 'server-1', withIpv6: false, network: 'inside', neighbour: 'gateway', address: gatewayInside },
    { machine: 'server-1', withIpv6: true, network: 'inside', neighbour: 'gateway', address: gatewayInside },
    { machine: 'users', withIpv6: false, network: 'outside', neighbour: 'cloud', address: addressPlan.cloud },
  ])('is heard and answered by nobody outside its lab: $machine, with IPv6: $withIpv6', async (from) => {
    const { withIpv6 } = from;
    await labs[0]?.servers(1);
    await labs[0]?.useIpv6(withIpv6);
    const [attacked = '', neighbour = ''] = runs;
    const { container, hardware } = await membersOf(attacked);
    const other = await membersOf(neighbour);
    await using onHost = await watch('host', true);
    await using inNeighbour = await watch(other.container('switch'), false);
    await using inLab = await watch(container('switch'), false);
    await using inLabOf6 = await watch(container('switch'), false, ofIpv6);
    const here = await onHost.says<Here>();
    for (const one of [inNeighbour, inLab, inLabOf6]) await one.says<Here>();
    const known = await hardware(from.network);
    await using attacker = await attack(
      container(from.machine),
      { ...here, beside: [...known.values(), ...(await other.hardware(from.network)).values()] },
      {
        interface: from.network,
        neighbour: { address: from.address, hardware: known.get(from.neighbour) },
      },
    );
    const { sent, heard, borrowed, byKernel } = await attacker.says<Attack>();
    const [host, next, lab, of6] = await Promise.all(
      [onHost, inNeighbour, inLab, inLabOf6].map((one) => one.says<Heard>('end')),
    );
    // Who listens hears: the neighbour that was asked, and the lab's own wires.
    expect(heard).toContain(known.get(from.neighbour));
    expect(Object.values(lab?.counts ?? {})).not.toEqual([]);
    expect.soft(heard.filter((one) => ![...known.values()].includes(one))).toEqual([]);
    expect.soft(host).toEqual({ lost: 0, counts: {}, samples: {} });
    expect(next).toEqual({ lost: 0, counts: {}, samples: {} });
    // Of IPv6 nothing passes the gateway, whether it is on or off: what is said on one network stays there.
    const networks = Object.keys(of6?.counts ?? {}).map((one) => one.replace(/side$|-.*$/, ''));
    expect([...new Set(networks)]).toEqual([from.network.replace('side', '')]);
    // Where it is on, programs of the machine are heard, which the kernel sends on its way.
    expect(byKernel > 0).toBe(withIpv6);
    console.log(
      `${from.machine}: ${sent} frames sent, none outside the lab, heard ${JSON.stringify({ ...lab?.counts, borrowed })}`,
    );
  });
});
