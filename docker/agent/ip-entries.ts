import { run } from './shell.js';

/** Addresses or routes of a site on a machine, as `ip` takes them: `route replace 198.18.4.1 dev inside`. */
export class IpEntries {
  #present: readonly string[] = [];

  /** Puts these in place of those that were there; what stays is not touched. */
  async become(entries: readonly string[]): Promise<void> {
    const wanted = [...new Set(entries)];
    const gone = this.#present.filter((entry) => !wanted.includes(entry));
    const fresh = wanted.filter((entry) => !this.#present.includes(entry));
    this.#present = wanted;
    const commands = [...gone.map((entry) => entry.replace(' replace ', ' delete ')), ...fresh];
    if (commands.length > 0) await run('ip', ['-batch', '-'], `${commands.join('\n')}\n`);
  }
}
