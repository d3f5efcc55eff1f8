import { writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { isAlive, ownIdentity } from '../engines/parts/process-identity.js';

/** A file that says which process a folder belongs to; one of a process that has ended says nothing. */
export class FolderLock implements AsyncDisposable {
  private constructor(private readonly file: string) {}

  /** Returns the number of the live process that has it, where another one does. */
  static async take(file: string): Promise<FolderLock | number> {
    for (;;) {
      try {
        // At once, so that nobody finds it without its words.
        writeFileSync(file, ownIdentity(), { flag: 'wx' });
        return new FolderLock(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
          await rm(file, { force: true }).catch(() => {});
          throw error;
        }
      }
      const identity = await readFile(file, 'utf8').catch(() => '');
      if (isAlive(identity)) return Number.parseInt(identity, 10);
      await rm(file, { force: true });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.file, { force: true });
  }
}
