import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';

const file = '/run/ruleset.nft';
/** Its answer to a question about what is never there: everything asked before has been answered. */
const end = /Error: No such file or directory\nlist table inet end\d+\n\s+\^+\n$/;

/**
 * The kernel's firewall, through one `nft` that stays open: to start the program costs more than what
 * it does.
 */
export class Nft {
  #process: ChildProcessByStdio<Writable, Readable, null> | undefined;
  #answer = '';
  #answered: (() => void) | undefined;
  #questions = 0;
  #last: Promise<unknown> = Promise.resolve();
  #hasOthers: boolean;

  /** @param standing rules that are there before any others, and after */
  constructor(private readonly standing = '') {
    this.#hasOthers = standing !== '';
  }

  /**
   * Carries out a ruleset or commands, all or nothing.
   * @throws Error with nft's own words, and the line
   */
  apply(commands: string): Promise<void> {
    this.#hasOthers = true;
    return this.#inTurn(async () => {
      // At once and in this thread: others may be a Windows account's for the moment (dial.ts).
      writeFileSync(file, commands);
      const words = await this.#ask(`include "${file}"`);
      rmSync(file);
      if (words !== '') throw new Error(`nft: ${words.trim()}`);
    });
  }

  /** Leaves the standing rules, and no others. */
  async reset(): Promise<void> {
    if (!this.#hasOthers) return;
    await this.apply(`flush ruleset\n${this.standing}`);
    this.#hasOthers = false;
  }

  /** Everything that is in force, as nft writes it. */
  list(): Promise<string> {
    return this.#inTurn(() => this.#ask('list ruleset'));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => {});
    return result;
  }

  async #ask(command: string): Promise<string> {
    const nft = this.#start();
    this.#answer = '';
    const answered = new Promise<void>((resolve) => {
      this.#answered = resolve;
    });
    nft.stdin.write(`${command}\nlist table inet end${++this.#questions}\n`);
    await answered;
    if (!this.#process) throw new Error(`nft ended: ${this.#answer.trim()}`);
    return this.#answer.replace(end, '');
  }

  #start(): ChildProcessByStdio<Writable, Readable, null> {
    if (this.#process) return this.#process;
    // Answers and errors in one stream, so that they come in order.
    const nft = spawn('sh', ['-c', 'exec nft -i 2>&1'], { stdio: ['pipe', 'pipe', 'ignore'] });
    nft.stdout.on('data', (data) => {
      this.#answer += data;
      if (end.test(this.#answer)) this.#answered?.();
    });
    nft.stdin.on('error', () => {});
    nft.once('close', () => {
      this.#process = undefined;
      this.#answered?.();
    });
    this.#process = nft;
    return nft;
  }
}
