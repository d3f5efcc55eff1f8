import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Mutant, mutated } from './mutant.js';

const run = promisify(execFile);

/** A copy of the sources as they are now, in which behaviours are switched off: never in the working tree. */
export class PrivateCopy implements AsyncDisposable {
  private constructor(readonly folder: string) {}

  /** Copies what git knows, or could know, of a working tree; packages are the tree's own. */
  static async of(root: string): Promise<PrivateCopy> {
    const asked = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
    const { stdout } = await run('git', ['-C', root, ...asked], { maxBuffer: 64 << 20 });
    const folder = await mkdtemp(join(tmpdir(), 'connector-lab-mutants-'));
    for (const file of stdout.split('\0').filter((name) => name !== '')) {
      const to = join(folder, file);
      await mkdir(dirname(to), { recursive: true });
      // What was deleted and is not committed yet is in git's list still.
      await cp(join(root, file), to).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    return new PrivateCopy(folder);
  }

  /** Does something while a behaviour is switched off, and switches it on again. */
  async without<T>(mutant: Mutant, work: () => Promise<T>): Promise<T> {
    const path = join(this.folder, mutant.file);
    const source = await readFile(path, 'utf8');
    await writeFile(path, mutated(mutant, source));
    try {
      return await work();
    } finally {
      await writeFile(path, source);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
