import { dirname, join, relative, resolve } from 'node:path';
import { printable } from '../../model/evidence/printable.js';
import { internetOf } from '../../model/path/public-host.js';
import { type Cure, cure } from '../../model/repair/cure.js';
import { type StoppedFlow, staysClosed } from '../../model/repair/stays-closed.js';
import { readSite, textOfSite } from '../../model/site/read.js';
import type { Site } from '../../model/site/schema.js';
import type { RunResults } from '../../model/verdict/results.js';
import { internetHosts } from '../engines/internet.js';
import { removeLink } from '../run/anew.js';
import { makeFolder } from '../run/output.js';
import { exitCodeOf } from './closing.js';
import { curedText } from './cured-text.js';
import { exitCodes } from './exit-codes.js';
import { changesInWords, inWords, type ProofFlags, proofInWords, prove } from './fix-proof.js';
import { writeSite } from './site-to-write.js';

export interface FixFlags extends ProofFlags {
  json?: true;
}

/** What `fix` found, and how it was proved. */
interface Fix extends Pick<Cure, 'requests'> {
  /** What keeps the site from working, and no change that is known here mends. */
  incurable: string[];
  /** The site file with every change made. */
  cured?: string;
  /** A flow that no documented row asks for: closed before, and still. */
  stays?: StoppedFlow;
  /** Of the site with the changes, lived in. */
  proof?: RunResults;
}

/**
 * `connector-lab fix SITE`: the smallest change after which everything works, and the proof. Exit code 0: it
 * is proved, or nothing has to change; 1: something is left that no change here mends, or that is not judged.
 */
export async function fix(file: string, flags: FixFlags): Promise<number> {
  const site = await readSite(file);
  const internet = internetOf(internetHosts(site));
  const { requests, incurable, site: cured } = cure(site, internet);
  const found: Fix = { requests, incurable: incurable.map(inWords) };
  const stays = staysClosed(site, cured, internet);
  if (stays) found.stays = stays;
  const written =
    requests.length > 0 ? await writeCured(await textOfSite(file), file, site, cured, flags.out) : undefined;
  if (written) found.cured = written.file;
  // What is proved is what was written.
  if (incurable.length === 0) found.proof = await prove(written?.site ?? cured, flags);
  const lines = [
    ...changesInWords(site, requests, incurable),
    '',
    ...proofInWords(found.proof, requests.length > 0 ? stays : undefined),
    ...(written ? [`The site with it: ${written.file}`] : []),
  ];
  if (flags.json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  else process.stdout.write(`${lines.map(printable).join('\n')}\n`);
  return found.proof ? exitCodeOf(found.proof) : exitCodes.unexpected;
}

/** Puts the changed text of a site file into a folder, and reads it again. @throws OutputError, UsageError */
export async function writeCured(
  text: string,
  file: string,
  site: Site,
  cured: Site,
  out: string,
): Promise<{ file: string; site: Site }> {
  const into = resolve(join(out, 'cured.yaml'));
  const from = (path: string) => relative(dirname(into), resolve(dirname(file), path));
  await makeFolder(dirname(into));
  await removeLink(into);
  await writeSite(into, curedText(text, file, site, cured, from));
  return { file: into, site: await readSite(into) };
}
