// One machine of the judge's network: `server`, `router` or `cloud`, each in a network of its own. The judge tells
// it what to do over Node's channel between processes, one thing after the other.
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';

/** Rules of the judge's own, which only count by the client's port: what arrived, and what was refused. */
const counters = `table ip connector_lab_judge {
  set arrived { type inet_service; flags dynamic; size 65535; }
  set resets { type inet_service; flags dynamic; size 65535; }
  set rejects { typeof @th,224,16; flags dynamic; size 65535; }
  chain first { type filter hook prerouting priority -2147483648;
    iifname != "lo" tcp flags & (syn | ack) == syn add @arrived { tcp sport }
  }
  chain refusals { type filter hook output priority -2147483648;
    tcp flags & rst == rst add @resets { tcp dport }
    icmp type destination-unreachable add @rejects { @th,224,16 }
  }
}
`;
/** What has rules printed in another form than they were loaded in. */
const printers = {
  save: ['iptables-save'],
  list: ['nft', 'list', 'ruleset'],
  json: ['nft', '-j', 'list', 'ruleset'],
};

let clients = [];
/** Where a machine asks itself whether all has been dealt with. */
let own;

const verbs = {
  /** `links`: `ip` with a line each. */
  configure({ links, settings }) {
    execFileSync('ip', ['-batch', '-'], { input: links.join('\n') });
    const lines = settings.map(([name, value]) => `echo ${value} > /proc/sys/net/${name}`);
    execFileSync('sh', ['-ec', lines.join('\n')]);
  },
  async listen({ ports }) {
    for (const port of ports) await accept(port);
  },
  /** Leaves nothing but the judge's own rules, and sets that rules name. */
  clear({ sets = '' }) {
    execFileSync('nft', ['-f', '-'], { input: `flush ruleset\n${counters}` });
    // The same ones again: the kernel lets go of rules that name them a little later.
    if (sets !== '') execFileSync('ipset', ['-exist', 'restore'], { input: sets });
  },
  /** Loads rules in the place of earlier ones; says why the kernel does not take them, or how it prints them. */
  load({ program, input, form }) {
    const { status, stderr } = spawnSync(program[0], program.slice(1), { input, encoding: 'utf8' });
    if (status !== 0) return { refused: `${program[0]}: ${stderr}` };
    const [name, ...args] = printers[form] ?? [];
    // On standard error nft warns of tables that iptables made.
    return {
      printed: name && execFileSync(name, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    };
  },
  /** Makes sure that the judge's rules are there, which loaded ones may have flushed. */
  count() {
    execFileSync('nft', ['-f', '-'], { input: counters });
  },
  /** What the judge's own rules saw. */
  counted() {
    const text = execFileSync('nft', ['-j', 'list', 'table', 'ip', 'connector_lab_judge'], {
      encoding: 'utf8',
    });
    const sets = JSON.parse(text).nftables.flatMap(({ set }) => set ?? []);
    return Object.fromEntries(sets.map(({ name, elem = [] }) => [name, elem]));
  },
  /** Begins connections; their first packets are on their way when this has ended. */
  async begin({ from, flows }) {
    clients = flows.map(({ address, port, clientPort }) => {
      const socket = connect({ host: address, port, localAddress: from, localPort: clientPort });
      const client = { socket, outcome: 'waiting' };
      socket.once('connect', () => {
        client.outcome = 'connected';
      });
      socket.on('error', ({ code }) => {
        if (client.outcome === 'waiting') client.outcome = code;
      });
      return client;
    });
    // Node binds and connects in the next tick.
    await setImmediate();
  },
  /** What became of them so far, as their program sees it. */
  async end() {
    await setImmediate();
    // One that still waits would only be reset once it is connected.
    for (const { socket } of clients)
      if (socket.connecting) socket.destroy();
      else socket.resetAndDestroy();
    return clients.map(({ outcome }) => outcome);
  },
  /** Packets of one processor wait in one queue: behind a connection all that waited before it has been dealt with. */
  async settle() {
    own ??= await accept(0);
    for (let round = 0; round < 4; round++) {
      const socket = connect(own.address().port, '127.0.0.1');
      await once(socket, 'connect');
      socket.resetAndDestroy();
    }
  },
};

/** Takes connections, whatever their clients do then. */
async function accept(port) {
  const server = createServer((socket) => socket.on('error', () => {})).listen(port, '0.0.0.0');
  await once(server, 'listening');
  return server;
}

process.on('message', async ({ verb, told = {} }) => {
  try {
    process.send({ said: (await verbs[verb](told)) ?? null });
  } catch (error) {
    process.send({ failed: `${verb}: ${error.stack}` });
  }
});
process.on('disconnect', () => process.exit());
process.send({ said: 'ready' });
