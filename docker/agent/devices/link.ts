import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { endProcess } from '../end-process.js';
import { scriptFile } from '../script-file.js';
import { run } from '../shell.js';
import type { GatewayDevice, GatewaySettings } from './gateway-device.js';

const routesSchema = z.array(z.object({ dst: z.string() }));

const table = '200';

/** Whether an interface for {@link LinkDevice} can be made here. */
export async function canDelay(): Promise<boolean> {
  try {
    await run('python3', [scriptFile('lab-link.py'), '0']);
    return true;
  } catch {
    return false;
  }
}

/** What the link holds back, on the gateway's way out. Kernels with netem are few: a relay of ours waits. */
export class LinkDevice implements GatewayDevice {
  #relay: ChildProcess | undefined;
  #used = false;

  async configure({ site: { link }, address }: GatewaySettings): Promise<void> {
    await this.close();
    const { 'round-trip': roundTrip, rate } = link;
    if (roundTrip === 0 && rate === undefined) return;
    this.#used = true;
    if (roundTrip > 0) await this.#delay(roundTrip, address);
    if (rate !== undefined)
      for (const device of ['outside', 'inside'])
        await run('tc', [
          'qdisc',
          'add',
          'dev',
          device,
          'root',
          'tbf',
          'rate',
          `${rate}bit`,
          ...bucket(rate),
        ]);
  }

  async close(): Promise<void> {
    if (!this.#used) return;
    for (const device of ['outside', 'inside'])
      await run('tc', ['qdisc', 'del', 'dev', device, 'root']).catch(() => {});
    if (!this.#relay) return;
    await endProcess(this.#relay);
    this.#relay = undefined;
    // Its interface is gone with it, and every route through that.
    for (const from of ['inside', 'lo']) await run('ip', ['rule', 'del', 'iif', from, 'lookup', table]);
  }

  async leftovers(): Promise<string[]> {
    if (!this.#used) return [];
    this.#used = false;
    const [queues, rules] = await Promise.all([run('tc', ['qdisc', 'show']), run('ip', ['rule', 'show'])]);
    const left = [...queues.split('\n'), ...rules.split('\n')];
    return left.filter((text) => / tbf |lookup 200/.test(text));
  }

  /** Packets wait all of the way there and back on their way out. */
  async #delay(roundTripMs: number, address: string): Promise<void> {
    const process = spawn('python3', [scriptFile('lab-link.py'), `${roundTripMs}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#relay = process;
    let words = '';
    process.stderr.on('data', (data) => {
      words += data;
    });
    const ended = once(process, 'exit').then(([code]) => {
      throw new Error(`the relay of the link ended with ${code}: ${words.trim().split('\n').at(-1)}`);
    });
    await Promise.race([once(process.stdout, 'data'), ended]);
    ended.catch(() => {});
    // What goes outside from the site or from here takes the relay; what comes out of it goes as ever.
    const outside = routesSchema.parse(
      JSON.parse(await run('ip', ['-j', 'route', 'show', 'dev', 'outside'])),
    );
    const commands = [
      'link set dev link up txqueuelen 10000',
      ...outside.map(({ dst }) => `route add ${dst} dev link src ${address} table ${table}`),
      `rule add iif inside lookup ${table}`,
      `rule add iif lo lookup ${table}`,
    ];
    await run('ip', ['-batch', '-'], `${commands.join('\n')}\n`);
  }
}

/** A token bucket that holds 10 ms, or some packets; what is more waits for up to a second. */
function bucket(rate: number): string[] {
  return ['burst', `${Math.max(16_000, Math.round(rate / 800))}`, 'latency', '1s'];
}
