/** A behaviour of the living lab, switched off by a change of one place in the sources. */
export interface Mutant {
  /** `area/name`; the area is its table's. */
  id: string;
  /** The source, from the repository's root. */
  file: string;
  /** The text that is replaced: it stands in the file exactly once. */
  find: string;
  replace: string;
  /** What is not done any more, in one sentence. */
  off: string;
  /** Scenarios that should notice, as `run` takes a pattern. */
  noticedBy: string;
}

/** A source with its behaviour switched off. @throws Error where the text does not stand in it exactly once */
export function mutated({ id, file, find, replace }: Mutant, source: string): string {
  const [before, after, more] = source.split(find, 3);
  if (before === undefined || after === undefined || more !== undefined)
    throw new Error(`${id}: its text stands in ${file} ${more === undefined ? 'nowhere' : 'more than once'}`);
  return before + replace + after;
}
