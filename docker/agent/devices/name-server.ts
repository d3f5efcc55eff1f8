import { type ChildProcess, spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { misanswerFor } from '../../../model/policy/resolver.js';
import { canonical } from '../../../model/site/host-name.js';
import { ask } from '../dns-client.js';
import { endProcess } from '../end-process.js';
import type { GatewayHost, ResolverSettings } from './gateway-device.js';
import { type LoggedQuery, QueryLog } from './query-log.js';

/** Names below are a resolver's own, and nobody has one: a query for one marks a place in its log. */
export const markDomain = 'log-mark';

/** What a resolver is as long as it has one configuration. */
export interface Kept extends Omit<ResolverSettings, 'stages'> {
  configuration: string;
}

/** One dnsmasq, and what it logs. */
export class NameServer {
  readonly #log = new QueryLog();
  #marks = 0;
  /** Who waits for a mark in the log; several may at once. */
  readonly #waiting = new Map<string, () => void>();

  private constructor(
    private readonly host: GatewayHost,
    readonly settings: Kept,
    private readonly process: ChildProcess,
    private readonly file: string,
  ) {}

  static async start(host: GatewayHost, settings: Kept): Promise<NameServer> {
    const file = `/run/dnsmasq-${settings.address}.conf`;
    await writeFile(file, settings.configuration);
    const args = ['--keep-in-foreground', `--conf-file=${file}`, '--log-facility=-'];
    const process = spawn('dnsmasq', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const server = new NameServer(host, settings, process, file);
    let words = '';
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: process.stderr }).on('line', (line) => {
        if (words.length < 4000) words += `${line}\n`;
        if (line.includes('using nameserver') || line.includes('started')) resolve();
        server.#hear(line);
      });
      process.once('exit', (code) => reject(new Error(`dnsmasq ended with ${code}: ${words}`)));
    });
    return server;
  }

  /** Every query that it was asked since the last time, once all of them have been read. */
  async take(): Promise<LoggedQuery[]> {
    const { address } = this.settings;
    const mark = `m${++this.#marks}.${markDomain}`;
    const read = new Promise<void>((resolve) => this.#waiting.set(mark, resolve));
    const { answer } = await ask(address, address, mark);
    await Promise.all([answer, read]);
    this.#waiting.delete(mark);
    return this.#log.take().filter(({ name }) => !name.endsWith(markDomain));
  }

  async close(): Promise<void> {
    await endProcess(this.process);
    await rm(this.file, { force: true });
  }

  #hear(line: string): void {
    this.#log.hear(line);
    const [, name = ''] = /query\[A\] (\S+) from/.exec(line) ?? [];
    this.#waiting.get(name)?.();
    // Nobody answers dnsmasq, and while it waits it asks upstream nothing else about the name.
    const { settings, of } = this.settings;
    const misanswer = misanswerFor(settings, name);
    if (misanswer?.answer !== 'timeout') return;
    const fault = { name: canonical(name), rule: misanswer.rule, answered: false };
    this.host.tell({ kind: 'resolver-fault', ...fault, ...(of !== undefined && { of }) });
  }
}
