import { readFile, writeFile } from 'node:fs/promises';
import { run } from './shell.js';

const file = '/etc/hosts';

/** The machine's own hosts file, and what the C library reads in it. */
export class HostsFile {
  #before: string | undefined;
  #lines: readonly [host: string, address: string][] = [];

  /** Puts these lines in place of all that was there. */
  async become(lines: readonly [host: string, address: string][]): Promise<void> {
    if (lines.length === 0) return this.restore();
    this.#before ??= await readFile(file, 'utf8');
    this.#lines = lines;
    const text = lines.map(([host, address]) => `${address} ${host}\n`);
    await writeFile(file, ['127.0.0.1 localhost\n', ...text].join(''));
  }

  async restore(): Promise<void> {
    if (this.#before !== undefined) await writeFile(file, this.#before);
    this.#before = undefined;
    this.#lines = [];
  }

  /** The address that the file has for a name; undefined: none. */
  async find(name: string): Promise<string | undefined> {
    if (this.#lines.length === 0) return undefined;
    const found = await run('getent', ['--service=files', 'ahostsv4', name]).catch(() => '');
    return found.split(/\s/)[0] || undefined;
  }
}
