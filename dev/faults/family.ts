import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** Variable by which all processes of a command are found again, whoever started them. */
const mark = 'CONNECTOR_LAB_FAULTS';

export interface Member {
  pid: number;
  commandLine: string;
}

/** A command's process and all that come of it, also those that have lost their parent. */
export class Family {
  readonly #name = randomUUID();
  readonly #pids = new Set<number>();

  /** What its first process is started with. */
  readonly environment = { [mark]: this.#name };

  /** All that were ever seen, by number. */
  get known(): ReadonlySet<number> {
    return this.#pids;
  }

  /** Those that are there; one that ends at this moment may be missing. */
  async alive(): Promise<Member[]> {
    const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const found = await Promise.all(numbers.map((pid) => this.#member(pid)));
    const members = found.filter((member) => member !== undefined);
    for (const { pid } of members) this.#pids.add(pid);
    return members;
  }

  /** Those that run scenarios for the first one. */
  async workers(): Promise<Member[]> {
    return (await this.alive()).filter(({ commandLine }) => commandLine.includes('run/worker'));
  }

  async #member(pid: string): Promise<Member | undefined> {
    try {
      const environment = await readFile(`/proc/${pid}/environ`, 'latin1');
      if (!environment.includes(`${mark}=${this.#name}`)) return undefined;
      const commandLine = (await readFile(`/proc/${pid}/cmdline`, 'latin1')).replaceAll('\0', ' ').trim();
      // One that has ended, and that nobody has asked about yet, has none.
      return commandLine === '' ? undefined : { pid: Number(pid), commandLine };
    } catch {
      return undefined;
    }
  }
}

/** Time of processors that a process has had, milliseconds; undefined where there is none. */
export async function processorTime(pid: number): Promise<number | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // User's and system's, in hundredths of a second on every Linux.
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}
