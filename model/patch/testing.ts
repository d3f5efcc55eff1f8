import { readBySender } from '../import/by-sender.js';
import { combine, type Side } from '../import/combine.js';
import { importerOf } from '../import/index.js';
import { documentedInternet } from '../path/testing/flows.js';
import { cure } from '../repair/cure.js';
import { stopsOf } from '../repair/stops.js';
import { completeSite } from '../site/complete.js';
import { edited } from './edit.js';
import { patchesOf, type ReadSource } from './index.js';
import type { PatchOptions } from './patcher.js';

const internet = documentedInternet();

type Options = PatchOptions & { as?: Side };

/** What files say, what has to change, and what they say after their patch. */
export function fixed(texts: Readonly<Record<string, string>>, given: Options = {}) {
  const before = read(texts, given);
  const { requests, incurable } = cure(before.site, internet);
  const found = patchesOf(
    before.files,
    before.site,
    { requests, stops: stopsOf(before.site, internet) },
    given,
  );
  const patched = { ...texts };
  for (const { file, edits } of found.patches) patched[file] = edited(texts[file] ?? '', edits);
  const after = read(patched, given);
  const added = Object.fromEntries(
    found.patches.map(({ file, edits }) => [file, edits.map(({ insert }) => insert).join('')]),
  );
  return {
    ...{ requests, incurable, patched, added, leftOut: found.leftOut },
    /** What the changed files leave to be asked for. */
    left: cure(after.site, internet),
  };
}

function read(texts: Readonly<Record<string, string>>, given: Options) {
  const sources = Object.entries(texts).map(([file, text]) => ({ file, text: text.replace(/\r\n?/g, '\n') }));
  const parts = sources.filter((one) =>
    sources.some((other) => other !== one && importerOf(other)?.hasPart?.(other, one)),
  );
  const files = sources.map((source): ReadSource => {
    const isPart = parts.includes(source);
    const owner = isPart ? sources.find((one) => importerOf(one)?.hasPart?.(one, source)) : source;
    const importer = importerOf(owner ?? source);
    if (!importer) throw new Error(`${source.file} is of no known format`);
    return {
      ...{ source, format: importer.format },
      ...(!isPart && { imported: readBySender(importer, source, { ...given, parts }) }),
    };
  });
  const imported = files.flatMap((one) =>
    one.imported ? [{ understood: 1, notUnderstood: [], ...one.imported }] : [],
  );
  return { files, site: completeSite(combine(imported, 'Of files', given.as)) };
}
