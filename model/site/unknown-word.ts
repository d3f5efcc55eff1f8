import { nearest } from '../requirements/nearest.js';

/** That a name refers to nothing, with the nearest one that exists. */
export function unknownWord(what: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return `no ${what} is called "${name}"${near ? `; did you mean "${near}"?` : `; there are ${known.join(', ')}`}`;
}
