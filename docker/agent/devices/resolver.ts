import { type ChildProcess, spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { misanswerFor } from '../../../model/policy/resolver.js';
import { canonical } from '../../../model/site/host-name.js';
import type { Resolver as Faults } from '../../../model/site/schema.js';
import { ask } from '../dns-client.js';
import { endProcess } from '../end-process.js';
import type { GatewayDevice, GatewayHost, GatewaySettings } from './gateway-device.js';
import { type LoggedQuery, QueryLog } from './query-log.js';

const file = '/run/dnsmasq.conf';
/** Names below are the resolver's own, and nobody has one: a query for one marks a place in its log. */
export const markDomain = 'log-mark';

/** The site's resolver: dnsmasq, and what it logs. */
export class Resolver implements GatewayDevice {
  readonly #log = new QueryLog();
  #faults: Faults = { zones: {}, faults: [] };
  #running: { process: ChildProcess; configuration: string; address: string } | undefined;
  /** Configurations of later times, in their order. `at`: lab time, milliseconds since 1970. */
  #later: { at: number; configuration: string }[] = [];
  #marks = 0;
  /** Who waits for a mark in the log; several may at once. */
  readonly #waiting = new Map<string, () => void>();

  constructor(private readonly host: GatewayHost) {}

  async configure({ site, resolver, resolverAddress }: GatewaySettings): Promise<void> {
    this.#faults = site.resolver;
    const [first, ...others] = resolver;
    this.#later = others.map(({ after, configuration }) => ({ at: this.host.now() + after, configuration }));
    await this.#use(first?.configuration ?? '', resolverAddress);
  }

  /** Firewalls learn names again that had lost theirs. */
  async time(until: number): Promise<void> {
    const due = this.#later.filter(({ at }) => at <= until);
    const last = due.at(-1);
    if (!last || !this.#running) return;
    this.#later = this.#later.filter((one) => !due.includes(one));
    await this.settle();
    await this.#use(last.configuration, this.#running.address);
  }

  /** Starts it anew, where its configuration is another one. */
  async #use(configuration: string, address: string): Promise<void> {
    if (this.#running?.configuration === configuration) return;
    await this.close();
    await writeFile(file, configuration);
    const args = ['--keep-in-foreground', `--conf-file=${file}`, '--log-facility=-'];
    const process = spawn('dnsmasq', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#running = { process, configuration, address };
    let words = '';
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: process.stderr }).on('line', (line) => {
        if (words.length < 4000) words += `${line}\n`;
        if (line.includes('using nameserver') || line.includes('started')) resolve();
        this.#hear(line);
      });
      process.once('exit', (code) => reject(new Error(`dnsmasq ended with ${code}: ${words}`)));
    });
  }

  async settle(): Promise<void> {
    for (const query of await this.#take()) this.host.tell({ kind: 'query', query });
  }

  /** Every query that it was asked since the last time, once all of them have been read. */
  async #take(): Promise<LoggedQuery[]> {
    if (!this.#running) return [];
    const { address } = this.#running;
    const mark = `m${++this.#marks}.${markDomain}`;
    const read = new Promise<void>((resolve) => this.#waiting.set(mark, resolve));
    const { answer } = await ask(address, address, mark);
    await Promise.all([answer, read]);
    this.#waiting.delete(mark);
    return this.#log.take().filter(({ name }) => !name.endsWith(markDomain));
  }

  async close(): Promise<void> {
    if (!this.#running) return;
    await endProcess(this.#running.process);
    this.#running = undefined;
    this.#log.take();
    await rm(file, { force: true });
  }

  #hear(line: string): void {
    this.#log.hear(line);
    const [, name = ''] = /query\[A\] (\S+) from/.exec(line) ?? [];
    this.#waiting.get(name)?.();
    // Nobody answers dnsmasq, and while it waits it asks upstream nothing else about the name.
    const misanswer = misanswerFor(this.#faults, name);
    if (misanswer?.answer !== 'timeout') return;
    this.host.tell({ kind: 'resolver-fault', name: canonical(name), rule: misanswer.rule, answered: false });
  }
}
