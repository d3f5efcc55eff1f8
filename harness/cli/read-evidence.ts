import { open, stat } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { type Evidence, evidenceSchema, evidenceSchemaName } from '../../model/diagnosis/evidence.js';
import { fromEvents } from '../../model/diagnosis/from-events.js';
import { readSite } from '../../model/site/read.js';
import { readText, UnreadableError, whyUnreadable } from '../../model/site/read-text.js';
import type { Site } from '../../model/site/schema.js';
import { readLog } from '../../model/verdict/read-log.js';
import type { CaptureOptions } from './read-capture.js';
import { UsageError } from './usage-error.js';

/** A whole catalogue with all its events has a fifth of it. Bytes. */
const largestLog = 256 * 1024 * 1024;
const kind = { is: 'a file of evidence', ending: '.json', most: 64 };

/** What was given to be diagnosed: evidence, or a site that makes some first. */
export type Given = { evidence: Evidence } | { site: Site };

/**
 * Evidence of whatever a person has: a folder that a command wrote, or the log in it; evidence.json; a site
 * file; a packet capture. @throws UsageError, ResultsFileError, SiteFileError, NoEngineError
 */
export async function readGiven(
  place: string,
  scenario?: string,
  capture: CaptureOptions = {},
): Promise<Given> {
  const found = await stat(place).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file or folder' : whyUnreadable(error);
    throw new UsageError(`${place}: ${why}`, { cause: error });
  });
  if (found.isDirectory()) return { evidence: await ofLog(place, scenario) };
  if (!found.isFile()) throw new UsageError(`${place}: is a pipe or device, not a file`);
  if (/^(events\.jsonl|results\.json)$/.test(basename(place)))
    return { evidence: await ofLog(dirname(place), scenario) };
  if (await isCapture(place))
    return { evidence: await (await import('./read-capture.js')).readCapture(place, capture) };
  if (extname(place) === '.json') {
    const evidence = await asEvidence(place);
    if (evidence) return { evidence };
  }
  return { site: await readSite(place) };
}

async function ofLog(folder: string, scenario: string | undefined): Promise<Evidence> {
  for (const name of ['events.jsonl', 'events.jsonl.partial']) {
    const size = (await stat(`${folder}/${name}`).catch(() => undefined))?.size ?? 0;
    if (size > largestLog)
      throw new UsageError(
        `${folder}/${name}: is ${Math.ceil(size / 1024 / 1024)} MiB; a log may have ${largestLog / 1024 / 1024} MiB at most`,
      );
  }
  const { log } = await readLog(folder);
  const ids = [...new Set(log.repetitions.map(({ begun }) => begun.scenario))];
  const wanted = scenario ?? (ids.length === 1 ? ids[0] : undefined);
  if (wanted === undefined)
    throw new UsageError(
      ids.length === 0
        ? `${folder}: its log holds no scenario, so there is nothing to diagnose`
        : `${folder}: is a run of ${ids.length} scenarios; say which with --scenario, such as --scenario ${ids[0]}`,
    );
  const repetition = log.repetitions.find(({ begun }) => begun.scenario === wanted);
  if (!repetition) throw new UsageError(`${folder}: has no scenario "${wanted}"`);
  // The control is another network: the documented one.
  return fromEvents(repetition.events.filter(({ phase }) => phase === 'change'));
}

/** pcapng, and pcap in both orders of its bytes. */
const captures = new Set(['0a0d0d0a', 'd4c3b2a1', 'a1b2c3d4', '4d3cb2a1', 'a1b23c4d']);

/** @throws UsageError where it cannot be read */
async function isCapture(file: string): Promise<boolean> {
  try {
    await using handle = await open(file, 'r');
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return captures.has(buffer.toString('hex'));
  } catch (error) {
    throw new UsageError(`${file}: ${whyUnreadable(error)}`, { cause: error });
  }
}

/** Undefined for JSON that does not say it is evidence: perhaps a site. @throws UsageError */
async function asEvidence(file: string): Promise<Evidence | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(await readText(file, kind));
  } catch (error) {
    if (error instanceof UnreadableError) throw new UsageError(`${file}: ${error.message}`, { cause: error });
    throw new UsageError(`${file}: is not JSON: ${(error as Error).message.slice(0, 200)}`, { cause: error });
  }
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (typeof schema !== 'string' || !schema.startsWith('connector-lab/')) return undefined;
  if (schema !== evidenceSchemaName)
    throw new UsageError(`${file}: expected schema ${evidenceSchemaName}, found ${schema.slice(0, 100)}`);
  const parsed = evidenceSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${file}: ${issue?.path.join('.') || 'it'}: ${issue?.message}`);
}
