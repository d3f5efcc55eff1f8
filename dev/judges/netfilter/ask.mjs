// Reads { groups, server, sets } from standard input, loads each rule set of each group into the kernel, sends it
// connections, and prints what became of them. Three machines with networks of their own: server – router – cloud.
import { spawn } from 'node:child_process';
import { on } from 'node:events';
import { readFileSync } from 'node:fs';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const { groups, server: serverAddress, sets } = await json(process.stdin);
const network = serverAddress.replace(/\d+$/, '0/24');
const [inside, outside, cloudAddress] = [serverAddress.replace(/\d+$/, '254'), '100.64.0.1', '100.64.0.2'];
/** Upper ones, which all rules about clients' ports mean. */
const [firstPort, lastPort] = [49_152, 65_535];

/** All on one processor: its packets wait in one queue, one behind the other. */
const [, processor = '0'] =
  /^Cpus_allowed_list:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
const program = fileURLToPath(new URL('machine.mjs', import.meta.url));

class Machine {
  static async start() {
    const machine = new Machine();
    machine.child = spawn('taskset', ['-c', processor, 'unshare', '--net', process.execPath, program], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    machine.answers = on(machine.child, 'message', { close: ['exit'] });
    await machine.#answer();
    return machine;
  }

  async do(verb, told) {
    this.child.send({ verb, told });
    return this.#answer();
  }

  async #answer() {
    const { value, done } = await this.answers.next();
    if (done) throw new Error('a machine has ended');
    const [{ said, failed }] = value;
    if (failed) throw new Error(failed);
    return said;
  }
}

const [server, router, cloud] = [await Machine.start(), await Machine.start(), await Machine.start()];
const answers = [];
let next = firstPort;
try {
  await configure();
  for (const group of groups) answers.push(await askedIn(group));
} finally {
  for (const { child } of [server, router, cloud]) child.disconnect();
}
process.stdout.write(JSON.stringify(answers));

/**
 * Each has ports of clients of its own: what was counted is asked once, at the end, and no connection is taken for an
 * earlier one.
 */
async function askedIn({ side, rulesets, flows }) {
  const machine = side === 'edge' ? router : server;
  await machine.do('clear', { sets });
  await cloud.do('clear');
  const asked = [];
  for (const ruleset of rulesets) {
    const loaded = await machine.do('load', ruleset);
    if (ruleset.flushes) await machine.do('count');
    const own = flows.map((flow, index) => ({ ...flow, clientPort: next + index }));
    next += own.length;
    if (next > lastPort) throw new Error('more rule sets than clients have ports');
    if (loaded.refused === undefined) await server.do('begin', { from: serverAddress, flows: own });
    await cloud.do('settle');
    const outcomes = loaded.refused === undefined ? await server.do('end') : [];
    asked.push({ ...loaded, own, outcomes });
  }
  const { arrived } = await cloud.do('counted');
  const { resets, rejects } = await machine.do('counted');
  await machine.do('clear', {});
  const kinds = [
    ['allow', new Set(arrived)],
    ['reset', new Set(resets)],
    ['reject', new Set(rejects)],
  ];
  const actionOf = ({ clientPort }) => kinds.find(([, ports]) => ports.has(clientPort))?.[0] ?? 'drop';
  return asked.map(({ own, ...rest }) => ({
    ...rest,
    ...(rest.refused === undefined && { actions: own.map(actionOf) }),
  }));
}

async function configure() {
  const quiet = [
    ['ipv6/conf/all/disable_ipv6', 1],
    // Answers of ICMP are as many as questions.
    ['ipv4/icmp_ratemask', 0],
  ];
  const [s, i, o, c] = [1, 2, 3, 4].map((last) => `02:00:00:00:00:0${last}`);
  /** An interface whose neighbour is known before anybody asks. */
  const link = (name, mac, address, neighbour, itsMac) => [
    `link set ${name} address ${mac}`,
    `address add ${address} dev ${name}`,
    `link set ${name} up`,
    `neighbour replace ${neighbour} lladdr ${itsMac} nud permanent dev ${name}`,
  ];
  await router.do('configure', {
    links: [
      'link set lo up',
      `link add lan0 type veth peer name eth0 netns ${server.child.pid}`,
      `link add wan0 type veth peer name eth0 netns ${cloud.child.pid}`,
      ...link('lan0', i, `${inside}/24`, serverAddress, s),
      ...link('wan0', o, `${outside}/30`, cloudAddress, c),
      `route add default via ${cloudAddress}`,
    ],
    settings: [...quiet, ['ipv4/ip_forward', 1]],
  });
  await server.do('configure', {
    links: [
      'link set lo up',
      ...link('eth0', s, `${serverAddress}/24`, inside, i),
      `route add default via ${inside}`,
    ],
    settings: quiet,
  });
  const all = groups.flatMap(({ flows }) => flows);
  const addresses = [...new Set(all.map(({ address }) => address))];
  await cloud.do('configure', {
    links: [
      'link set lo up',
      ...link('eth0', c, `${cloudAddress}/30`, outside, o),
      `route add ${network} via ${outside}`,
      ...addresses.map((address) => `address add ${address}/32 dev lo`),
    ],
    settings: quiet,
  });
  await cloud.do('listen', { ports: [...new Set(all.map(({ port }) => port))] });
}
