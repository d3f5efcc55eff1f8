import { unwatchFile, watchFile } from 'node:fs';
import { readSite } from '../../model/site/read.js';
import type { Site } from '../../model/site/schema.js';

/** Looked at so often: an editor that puts another file in its place is seen like one that writes. Milliseconds. */
const interval = 250;

/** A site file that somebody works on. */
export class WatchedSite implements Disposable {
  #changed: Site | Error | undefined;

  constructor(private readonly file: string) {
    watchFile(file, { interval }, this.#read);
  }

  /** What the file says, or why it cannot be read, where it changed since it was last asked for. */
  take(): Site | Error | undefined {
    const changed = this.#changed;
    this.#changed = undefined;
    return changed;
  }

  [Symbol.dispose](): void {
    unwatchFile(this.file, this.#read);
  }

  readonly #read = async () => {
    this.#changed = await readSite(this.file).catch((error: Error) => error);
  };
}
