import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What became of the mutants of a run that was ended in the middle: the next one goes on there, as long as
 * neither sources nor tests have changed. A folder takes minutes of CPU, which not every machine has at once.
 */
export class Kept {
  #file;
  #results = new Map();

  /** `about`: the folder with sources, as Stryker changed them, and tests. */
  constructor(file, about) {
    this.#file = file;
    const head = digestOf(about);
    const [first, ...lines] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (first === head) for (const line of lines.slice(0, -1)) this.#results.set(...JSON.parse(line));
    // Without a last line that was cut.
    writeFileSync(file, [head, ...[...this.#results].map((one) => JSON.stringify(one)), ''].join('\n'));
  }

  /** What became of a mutant; `work` finds it out where that is not known. An error may be of that run. */
  async of(id, work) {
    const known = this.#results.get(id);
    if (known) return known;
    const result = await work();
    if (result.status !== 'error') appendFileSync(this.#file, `${JSON.stringify([id, result])}\n`);
    return result;
  }
}

function digestOf(folder) {
  const hash = createHash('sha256');
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.ts'));
  for (const name of names.sort()) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}
