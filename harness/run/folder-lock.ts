import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { isAlive, ownIdentity } from '../engines/process-identity.js';

/** How often a lock without words is looked at again: whoever made it is about to write them. */
const patience = 1000;

/** A file that says which process a folder belongs to; one of a process that has ended says nothing. */
export class FolderLock implements AsyncDisposable {
  private constructor(private readonly file: string) {}

  /**
   * Returns the number of the live process that has it, where another one does.
   * @throws Error of the file system, where it cannot be written
   */
  static async take(file: string): Promise<FolderLock | number> {
    // None of ours is a link: one that leads nowhere would be there for ever, and never be read.
    if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(file);
    for (let looks = 0; ; ) {
      if (create(file)) return new FolderLock(file);
      const owner = ownerOf(file);
      if (owner === '' && ++looks < patience) await setImmediate();
      else if (owner !== undefined && isAlive(owner)) return Number.parseInt(owner, 10);
      else if (owner !== undefined) removeDead(file, owner);
    }
  }

  /** Whether a live process has it. */
  static isHeld(file: string): boolean {
    return isAlive(ownerOf(file) ?? '');
  }

  /** Takes away what a process left that has ended; one without words is about to be written. */
  static clear(file: string): void {
    const owner = ownerOf(file);
    if (owner && !isAlive(owner)) removeDead(file, owner);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (ownerOf(this.file) === ownIdentity()) rmSync(this.file, { force: true });
  }
}

function create(file: string): boolean {
  try {
    writeFileSync(file, ownIdentity(), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // A full disk lets a file be made, and nothing be written into it.
    rmSync(file, { force: true });
    throw error;
  }
}

/** Undefined where there is none. */
function ownerOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Somebody else may have done so in the meantime, and be taking it: then it is put back. */
function removeDead(file: string, owner: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (ownerOf(aside) === owner) rmSync(aside);
  else renameSync(aside, file);
}
