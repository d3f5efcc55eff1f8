import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { printable } from '../../model/evidence/printable.js';
import { withoutAccounts, withoutValues } from '../../model/evidence/secrets.js';
import { importerOf } from '../../model/import/index.js';
import { type LeftOutOf, patchesOf } from '../../model/patch/index.js';
import { internetOf } from '../../model/path/public-host.js';
import { type Cure, cure, kindOf } from '../../model/repair/cure.js';
import type { Place, Request } from '../../model/repair/request.js';
import { mostInSentence } from '../../model/repair/requests/rules.js';
import { type StoppedFlow, staysClosed } from '../../model/repair/stays-closed.js';
import { stopsOf } from '../../model/repair/stops.js';
import { readSiteText } from '../../model/site/read.js';
import type { Site } from '../../model/site/schema.js';
import type { RunResults } from '../../model/verdict/results.js';
import { internetHosts } from '../engines/internet.js';
import { removeLink, replaceFile } from '../run/anew.js';
import { makeFolder } from '../run/output.js';
import { exitCodeOf } from './closing.js';
import { exitCodes } from './exit-codes.js';
import { type FixFlags, fix, writeCured } from './fix.js';
import { changesInWords, details, inWords, proofInWords, prove } from './fix-proof.js';
import { asRead, importSources, type NamedSource, type ReadFile, readSources, told } from './import-file.js';
import { type PatchedFile, writePatched } from './patched-file.js';
import { type FileOptions, siteOfFiles } from './site-of-files.js';
import { siteText } from './site-to-write.js';
import { UsageError } from './usage-error.js';

export interface FixFilesFlags extends FixFlags, FileOptions {
  /** Firewalls that know no names open ports to every host. */
  byPort?: boolean | undefined;
}

/** What `fix` found in files, wrote, and proved. */
interface FixOfFiles extends Pick<Cure, 'requests'> {
  incurable: string[];
  /** Changed copies. */
  files: PatchedFile[];
  /** The patch of all of them together. */
  patch?: string;
  /** What cannot be said in a file that decides about it, and why. */
  leftOut: LeftOutOf[];
  /** What the changed files leave to be asked for. */
  left: Request[];
  stays?: StoppedFlow;
  proof?: RunResults;
}

/**
 * `connector-lab fix FILES…`: as `fix SITE`, with the change as a patch of those files. What is proved is what
 * the changed copies say. Exit code 0: with them everything works; 1: they cannot say all of it, or something
 * is not judged.
 */
export async function fixFiles(paths: readonly string[], flags: FixFilesFlags): Promise<number> {
  const [only] = paths;
  if (paths.length === 1 && only !== undefined && (await isNoImport(only))) {
    refuseForSite(flags);
    return await fix(only, flags);
  }
  const sources = await readSources(paths);
  refuseTwins(sources);
  const before = await siteOf(sources, flags);
  const { site, file, read } = before;
  const internet = internetOf(internetHosts(site));
  const { requests, incurable } = cure(site, internet);
  const { patches, leftOut } = patchesOf(
    asRead(sources, read),
    site,
    { requests, stops: stopsOf(site, internet) },
    flags,
  );
  await makeFolder(flags.out);
  // One of an earlier run would be taken for this one's.
  await rm(join(flags.out, 'fix.patch'), { force: true });
  await removeLink(join(flags.out, 'patched'));
  const files = await Promise.all(
    patches.map(async (one) => {
      const source = sources.find((known) => known.file === one.file);
      if (!source) throw new Error(`no source is called ${one.file}`);
      return await writePatched(source, one.edits, join(flags.out, 'patched'));
    }),
  );
  const found: FixOfFiles = { requests, incurable: incurable.map(inWords), files, leftOut, left: [] };
  if (files.length > 0) {
    found.patch = join(flags.out, 'fix.patch');
    await replaceFile(found.patch, files.map(({ diff }) => diff).join(''));
  }
  // What is proved is what was written.
  const copies = await readSources(
    sources.map(({ file: name, path }) => files.find((one) => one.file === name)?.copy ?? path),
  );
  const after = await siteOf(
    copies.map((copy, at) => ({ ...copy, file: sources[at]?.file ?? copy.file })),
    flags,
  );
  const rest = cure(after.site, internet);
  found.left = rest.requests;
  const stays = staysClosed(site, rest.site, internet);
  if (stays) found.stays = stays;
  const cured = await writeCured(after.text, file, after.site, rest.site, flags.out);
  if (rest.incurable.length === 0) found.proof = await prove(cured.site, flags);
  const { files: written, ...others } = found;
  if (flags.json)
    process.stdout.write(
      `${JSON.stringify({ ...others, files: written.map(({ diff: _, ...one }) => one) }, null, 2)}\n`,
    );
  else {
    process.stderr.write(
      read
        .flatMap(told)
        .map((line) => `${printable(line)}\n`)
        .join(''),
    );
    process.stdout.write(`${linesOf(site, found, incurable).map(shown).join('\n')}\n`);
  }
  const isDone = found.proof !== undefined && found.left.length === 0;
  return isDone && found.proof ? exitCodeOf(found.proof) : exitCodes.unexpected;
}

/** Whether a file is a site file, or none that could be imported. */
async function isNoImport(path: string): Promise<boolean> {
  if (/\.ya?ml$/i.test(path)) return true;
  const [source] = await readSources([path]);
  return /\.json$/i.test(path) && source !== undefined && importerOf(source) === undefined;
}

function refuseForSite({
  as,
  into,
  serverAddress,
  proxyAddress,
  comesBy,
  goesBy,
  byPort,
}: FixFilesFlags): void {
  const given = Object.entries({
    ...{ '--as': as, '--into': into, '--server-address': serverAddress },
    ...{ '--proxy-address': proxyAddress, '--comes-by': comesBy, '--goes-by': goesBy, '--by-port': byPort },
  }).find(([, value]) => value !== undefined);
  if (given) throw new UsageError(`${given[0]} is for files to import, and this is a site file`);
}

/** Rules are told by the names of their files. */
function refuseTwins(sources: readonly NamedSource[]): void {
  const twin = sources.find(({ file }, at) => sources.findIndex((one) => one.file === file) < at);
  if (twin)
    throw new UsageError(
      `two of the files are called ${twin.file}: run fix in a folder above both, so that they can be told apart`,
    );
}

async function siteOf(
  sources: readonly NamedSource[],
  flags: FileOptions,
): Promise<{ site: Site; text: string; file: string; read: ReadFile[] }> {
  const read = importSources(sources, flags);
  const text = await siteText(siteOfFiles(read, flags), flags.into);
  const file = flags.into ?? 'imported.yaml';
  return { site: await readSiteText(text, file), text, file, read };
}

function linesOf(site: Site, found: FixOfFiles, incurable: Cure['incurable']): string[] {
  const { requests, files, leftOut, left, proof, stays, patch } = found;
  const isDecided = ({ targets }: Request) =>
    targets.length > 0 &&
    targets.every(({ host, port }) =>
      leftOut.some(({ places }) => places.some((one) => one.host === host && one.port === port)),
    );
  const stillToDo = (title: string, of: readonly Request[]) => [
    ...(of.length > 0 ? [title] : []),
    ...of.flatMap((request) => [
      `  ${kindOf(request).words(request)}`,
      ...details(request).map((line) => `  ${line}`),
    ]),
  ];
  return [
    ...changesInWords(site, requests, incurable),
    '',
    ...files.flatMap(({ diff }) => diff.split('\n')),
    ...leftOut.map(({ file, places, why }) => `Not written into ${file}: ${inShort(places)}: ${why}`),
    ...stillToDo('To be changed in these files by hand:', left.filter(isDecided)),
    ...stillToDo(
      'Not in these files, and still to be done:',
      left.filter((one) => !isDecided(one)),
    ),
    ...(leftOut.length + left.length > 0 ? [''] : []),
    ...proofInWords(proof, requests.length > 0 ? stays : undefined),
    ...files.map(({ file, copy }) => `${file} with it: ${copy}`),
    ...(patch === undefined ? [] : [`The patch: ${patch}`]),
  ];
}

/** The first of some places, and how many more there are. */
function inShort(places: readonly Place[]): string {
  const first = places.slice(0, mostInSentence).map(({ host, port }) => `${host}:${port}`);
  const more = places.length - first.length;
  return `${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A line of a file, for a terminal: the patch itself has all of it. */
function shown(line: string): string {
  const told = line.replace(/\r$/, '').split('\t').map(printable).join('\t');
  return withoutValues(withoutAccounts(told));
}
