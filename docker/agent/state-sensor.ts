import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A connection got another state in the kernel's table. */
export interface StateChange {
  /** `from:port>to:port` as the first packet had it. */
  connection: string;
  state: 'established' | 'closed' | 'reset';
}

const change = /\[(?:NEW|UPDATE)\] (\w+) +\d+ \d+ (?:(\w+) )?src=(\S+) dst=(\S+) sport=(\d+) dport=(\d+)/;
const told = { ESTABLISHED: 'established', TIME_WAIT: 'closed', CLOSE: 'reset' } as const;
/** Marks go to these ports of the loopback interface, where nobody listens. */
const markPorts = { first: 20_000, count: 30_000 };

/** Hears what the kernel's firewall remembers of connections, from `conntrack -E`. */
export class StateSensor {
  readonly #marks = createSocket('udp4');
  #sent = 0;
  /** Who waits for a packet to a port; several may at once. */
  readonly #waiting = new Map<number, () => void>();

  private constructor(private readonly onChange: (change: StateChange) => void) {}

  static async start(onChange: (change: StateChange) => void): Promise<StateSensor> {
    const sensor = new StateSensor(onChange);
    const conntrack = spawn('conntrack', ['-E'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let words = '';
    conntrack.stderr.on('data', (data) => {
      words += data;
    });
    createInterface({ input: conntrack.stdout }).on('line', (line) => sensor.#hear(line));
    conntrack.once('exit', (code) => {
      throw new Error(`conntrack ended with ${code}: ${words}`);
    });
    sensor.#marks.bind(0, '127.0.0.1');
    await Promise.all([once(conntrack, 'spawn'), once(sensor.#marks, 'listening')]);
    return sensor;
  }

  /** Ends when every change until now has been told. */
  async settle(): Promise<void> {
    let again: NodeJS.Timeout | undefined;
    const mine: number[] = [];
    await new Promise<void>((resolve) => {
      const send = () => {
        const port = markPorts.first + (this.#sent++ % markPorts.count);
        mine.push(port);
        this.#waiting.set(port, resolve);
        this.#marks.send('', port, '127.0.0.1');
      };
      send();
      // It may not have begun to listen when the first one went.
      again = setInterval(send, 200);
    });
    clearInterval(again);
    for (const port of mine) this.#waiting.delete(port);
  }

  #hear(line: string): void {
    const [, protocol, state = '', from, to, fromPort, toPort] = change.exec(line) ?? [];
    if (protocol === 'udp' && to === '127.0.0.1') this.#waiting.get(Number(toPort))?.();
    if (protocol !== 'tcp' || !Object.hasOwn(told, state)) return;
    const connection = `${from}:${fromPort}>${to}:${toPort}`;
    this.onChange({ connection, state: told[state as keyof typeof told] });
  }
}
