import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, openSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { endProcess } from './end-process.js';
import { listening } from './listening.js';
import { scriptFile } from './script-file.js';
import { run } from './shell.js';

/** squid's account in the image. */
export const squidUser = 13;
const pipe = '/run/lab-witness.pipe';
const configurationFile = '/run/squid.conf';

/** squid, with a witness of its decisions. */
export class SquidProcess {
  #process: ChildProcess | undefined;
  /** It ended, and nobody had asked for that. */
  #ended: Error | undefined;
  #witness: Socket | undefined;
  #text = '';
  #marks = 0;
  /** Who waits for a mark to be read; several may at once. */
  readonly #waiting = new Map<string, () => void>();

  /** @param onWitness gets each line that a rule of the configuration tells the witness */
  constructor(private readonly onWitness: (line: string) => void) {}

  /**
   * Starts squid anew; ends when it listens.
   * @throws Error with squid's own words
   */
  async start(configuration: string, { address, port }: { address: string; port: number }): Promise<void> {
    await this.stop();
    await this.#listenToWitness();
    await writeFile(configurationFile, configuration);
    const squid = spawn('squid', ['-N', '-f', configurationFile], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = squid;
    let words = '';
    squid.stderr.on('data', (data) => {
      words += data;
    });
    const ended = once(squid, 'exit').then(([code]) => {
      const error = new Error(`squid ended with ${code}: ${words.slice(-2000)}`);
      if (this.#process === squid) this.#ended = error;
      return error;
    });
    const early = await Promise.race([listening(address, port, () => words), ended]);
    if (early) throw early;
  }

  /**
   * Everything the witness wrote has been read when a line written now has.
   * @throws Error with squid's own words where it is not there any more
   */
  async settle(): Promise<void> {
    if (this.#ended) throw this.#ended;
    if (!this.#witness) return;
    const mark = `mark-${++this.#marks}`;
    const read = new Promise<void>((resolve) => this.#waiting.set(mark, resolve));
    await appendFile(pipe, `${mark}\n`);
    await read;
    this.#waiting.delete(mark);
  }

  async stop(): Promise<void> {
    if (!this.#process && !this.#witness) return;
    const squid = this.#process;
    this.#process = undefined;
    if (squid) await endProcess(squid);
    this.#ended = undefined;
    this.#witness?.destroy();
    this.#witness = undefined;
    // squid leaves its shared memory and its helpers behind when it is killed. One that is not a helper yet
    // waits for a parent that has gone, and holds its port: nobody would hear the next squid's clients.
    const files = `/dev/shm/squid* ${configurationFile} ${pipe}`;
    await run('sh', ['-c', `pkill -KILL -u ${squidUser} && pidwait -u ${squidUser}; rm -f ${files}; true`]);
  }

  async #listenToWitness(): Promise<void> {
    await run('mkfifo', ['-m', '666', pipe]);
    // For reading and writing, so that it stays open when a helper closes its end; without blocking,
    // because a thread that waits for a pipe waits for ever.
    const fd = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    this.#witness = new Socket({ fd, readable: true, writable: false });
    this.#witness.on('data', (data) => this.#read(String(data)));
  }

  #read(text: string): void {
    this.#text += text;
    const lines = this.#text.split('\n');
    this.#text = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('mark-')) this.#waiting.get(line)?.();
      else this.onWitness(line);
    }
  }
}

const silent = '.silent';

/** A label to which the witness does not answer: squid goes on waiting, and so does the client. */
export function silentLabel(label: string): string {
  return `${label}${silent}`;
}

/** The label within, where it is a silent one. */
export function isSilent(label: string): string | undefined {
  return label.endsWith(silent) ? label.slice(0, -silent.length) : undefined;
}

/** A rule's name in a form that squid hands on as it is. */
export function witnessLabel(rule: string): string {
  return Buffer.from(rule).toString('base64url');
}

export function readWitnessLabel(label: string): string {
  return Buffer.from(label, 'base64url').toString();
}

/** What every squid of a lab says: nothing is kept, nothing is logged, helpers answer many at a time. */
export function squidBasics(witnessFormat: string): string {
  return `visible_hostname squid
cache_effective_user proxy
pid_filename none
cache deny all
cache_log stdio:/dev/null
access_log none
netdb_filename none
pinger_enable off
shutdown_lifetime 0 seconds
forward_max_tries 1
server_persistent_connections off
client_persistent_connections off
via off
external_acl_type seen ttl=0 negative_ttl=0 cache=0 children-max=1 children-startup=1 children-idle=1 concurrency=500 queue-size=500 ${witnessFormat} ${scriptFile('lab-witness.sh')} ${pipe} ${silent}
`;
}
