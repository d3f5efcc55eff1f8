import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, openSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { connect, Socket } from 'node:net';
import { BaseRole } from './base-role.js';
import type { Notice } from './channel.js';
import type { ProxyMachineSettings, ProxyRole } from './roles.js';
import { run } from './shell.js';
import type { Wire } from './wire.js';

/** What the witness writes to. */
const witnessPipe = '/run/lab-witness.pipe';
/** squid's account in the image. */
const squidUser = 13;

/** Everything that the proxy itself opens is seen, so that its connections are known by name. */
const sensors = `flush ruleset
table inet lab {
  chain out {
    type filter hook output priority 0; policy accept;
    ip daddr 127.0.0.1 udp dport 9 log prefix "live" group 5 queue-threshold 1 drop
    meta skuid ${squidUser} tcp flags & (syn | ack) == syn log prefix "proxy" group 5 queue-threshold 1
  }
}
`;

/** The site's explicit proxy: squid. */
export class ProxyMachine extends BaseRole implements ProxyRole {
  #squid: ChildProcess | undefined;
  #witness: Socket | undefined;
  #log = '';
  #marks = 0;
  #onMark: (text: string) => void = () => {};

  constructor(private readonly tell: (notice: Notice) => void) {
    super();
    this.onSight = (sight) => this.tell({ kind: 'sight', sight });
  }

  async configure(settings: ProxyMachineSettings | null): Promise<void> {
    await this.#stop();
    await run('nft', ['-f', '-'], sensors);
    await this.sensor?.proveAlive();
    if (!settings) return;
    await writeFile('/etc/resolv.conf', `nameserver ${settings.resolver}\n`);
    await writeFile('/run/squid.conf', settings.configuration);
    await this.#listenToWitness(settings.witness);
    const squid = spawn('squid', ['-N', '-f', '/run/squid.conf'], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#squid = squid;
    let words = '';
    squid.stderr.on('data', (data) => {
      words += data;
    });
    const failed = once(squid, 'exit').then(([code]) => {
      throw new Error(`squid ended with ${code}: ${words}`);
    });
    await Promise.race([listening(settings.address, settings.port), failed]);
    failed.catch(() => {});
  }

  /** Ends a connection that squid is trying to make: the network's evidence says it will not be made. */
  async endAttempt(connection: string): Promise<void> {
    const [from = '', to = ''] = connection.split('>');
    await run('ss', ['-K', '-t', 'state', 'syn-sent', 'src', from, 'dst', to]);
  }

  /** Everything the witness wrote has been read when a line written now has. */
  override async settle(): Promise<void> {
    await super.settle();
    if (!this.#witness) return;
    const mark = `mark-${++this.#marks}`;
    const read = new Promise<void>((resolve) => {
      this.#onMark = (text) => text === mark && resolve();
    });
    await appendFile(witnessPipe, `${mark}\n`);
    await read;
  }

  protected close(): Promise<void> {
    return this.#stop();
  }

  protected wires(): readonly Wire[] {
    return [];
  }

  override async cut(): Promise<void> {
    await run('ss', ['-K', '-t', 'state', 'connected']).catch(() => {});
  }

  /** squid asks a helper about every rule that fits; it writes the question down and says yes. */
  async #listenToWitness(path: string): Promise<void> {
    const pipe = witnessPipe;
    const script = `#!/bin/sh\nwhile read -r id line; do echo "$line" > ${pipe}; echo "$id OK"; done\n`;
    await writeFile(path, script, { mode: 0o755 });
    if (this.#witness) return;
    await run('mkfifo', ['-m', '666', pipe]);
    // For reading and writing, so that it stays open when a helper closes its end; without blocking,
    // because a thread that waits for a pipe waits for ever.
    const fd = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    this.#witness = new Socket({ fd, readable: true, writable: false });
    this.#witness.on('data', (data) => this.#read(String(data)));
  }

  /** One line a request that squid decided about: address, port, host, port, how. */
  #read(text: string): void {
    this.#log += text;
    const lines = this.#log.split('\n');
    this.#log = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('mark-')) {
        this.#onMark(line);
        continue;
      }
      const [from, fromPort, to, toPort, host = '', port, rule = ''] = line.split(' ');
      const connection = `${from}:${fromPort}>${to}:${toPort}`;
      this.tell({
        kind: 'admitted',
        connection,
        host,
        port: Number(port),
        rule: Buffer.from(rule, 'base64url').toString(),
      });
    }
  }

  async #stop(): Promise<void> {
    if (this.#squid && this.#squid.exitCode === null) {
      const gone = once(this.#squid, 'exit');
      this.#squid.kill('SIGKILL');
      await gone;
    }
    this.#squid = undefined;
    this.#witness?.destroy();
    this.#witness = undefined;
    // squid leaves its shared memory, its helpers and its pinger behind when it is killed.
    const left = ['/dev/shm/squid*', '/run/squid.conf', '/run/lab-witness', '/run/lab-witness.pipe'];
    await run('sh', ['-c', `pkill -KILL 'lab-witness|basic_fake|pinger'; rm -f ${left.join(' ')}; true`]);
    await writeFile('/etc/resolv.conf', '');
  }
}

/** Waits until something listens there. */
async function listening(host: string, port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, host);
    const up = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
