import { basename, dirname, relative, sep } from 'node:path';
import { printable } from '../../model/evidence/printable.js';
import { combine, type Side } from '../../model/import/combine.js';
import type { ImportOptions } from '../../model/import/importer.js';
import type { SiteInput } from '../../model/site/schema.js';
import type { ReadFile } from './import-file.js';
import { UsageError } from './usage-error.js';

/** How files are read into a site. */
export interface FileOptions extends ImportOptions {
  /** Whose firewalls the files are. */
  as?: Side | undefined;
  /** The site file into which they are read; absent: a site of their own. */
  into?: string | undefined;
}

/** One site of what files say. @throws UsageError where they say nothing of one */
export function siteOfFiles(read: readonly ReadFile[], { as, into }: FileOptions): SiteInput {
  const files = read.map(({ file }) => file);
  const name = `Imported from ${files.map((file) => basename(file)).join(', ')}`;
  const lists = read.filter(({ isTagList }) => isTagList).map(({ file }) => seenFrom(into, file));
  const site = {
    ...combine(read, printable(name).slice(0, 128), as),
    ...(lists.length > 0 && { 'service-tags': lists }),
  };
  if (Object.keys(site).length === 1)
    throw new UsageError(
      `nothing in ${files.join(', ')} is about what a connector does${as ? ` --as ${as}` : ''}; is it another machine's file?`,
    );
  return site;
}

/** A file as a site file in another folder names it. */
function seenFrom(into: string | undefined, file: string): string {
  return relative(dirname(into ?? ''), file)
    .split(sep)
    .join('/');
}
