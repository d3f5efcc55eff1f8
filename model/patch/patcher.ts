import type { ImportOptions, SourceFile } from '../import/importer.js';
import type { Place, Request } from '../repair/request.js';
import type { Edit } from './edit.js';

/** A place that a file has to open. */
export interface ClosedPlace extends Place {
  /** Lines of the file that close it today. */
  closedAt: readonly number[];
  /** What the file says of everything that no line is about closes it. */
  byDefault: boolean;
}

/** What a file has to say after its change. */
export interface Ask {
  request: Request;
  places: readonly ClosedPlace[];
  /** Whose firewall the file is. */
  side: 'edge' | 'server';
  given: PatchOptions;
}

export interface PatchOptions extends ImportOptions {
  /** Who knows no names opens the port to every host. */
  byPort?: boolean | undefined;
}

/** What cannot be said in a file. */
export interface LeftOut {
  places: Place[];
  /** Why, and what would help. */
  why: string;
}

export interface Patch {
  edits: Edit[];
  leftOut: LeftOut[];
}

/** Writes what one kind of file has to say, in its own syntax. */
export interface Patcher {
  /** As the importer has it. */
  format: string;
  /** Kinds of requests that are written into such a file. */
  kinds: readonly string[];
  patch(source: SourceFile, ask: Ask): Patch;
}
