import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventBody } from '../../../model/evidence/event.js';
import type { LabOptions } from '../engine.js';
import type { Machines } from './machines.js';

const files = [
  ['packets', 'pcap'],
  ['tls-keys', 'keys'],
] as const;

/** Of a folder's name, before what tells it from others. Characters; file systems take 255 bytes. */
const longestName = 120;

/**
 * Folder of a scenario's captures, of no other scenario's and no other repetition's. Characters that
 * some file systems or artefact stores refuse are not in it.
 */
export function captureFolder({ scenario, repetition }: Pick<LabOptions, 'scenario' | 'repetition'>): string {
  const readable = scenario.replace(/[^a-z\d.#-]|^[.-]|(?<=[/\\])[.-]/gi, '_').slice(0, longestName);
  const digest = createHash('sha256').update(scenario).digest('hex').slice(0, 6);
  // As long as an underscore can only be a slash, it says all.
  const isPlain = /^[a-z\d#][a-z\d.#/-]*$/i.test(scenario) && scenario.length <= longestName;
  const own = isPlain ? readable : `${readable}-${digest}`;
  return repetition === undefined ? own : `${own}/${repetition}`;
}

/**
 * Writes what was captured on every machine of a lab into `own`, a folder below `folder`, and tells an
 * event per file. Only the file's owner can read it: TLS keys open what was captured.
 */
export async function collectCaptures(
  machines: Machines,
  folder: string,
  own: string,
  tell: (machine: string, event: EventBody) => void,
): Promise<void> {
  await mkdir(join(folder, own), { recursive: true });
  const ends = machines.names.map(async (name) => {
    const captured = await machines.machine(name).endCapture();
    for (const [holds, suffix] of files) {
      const bytes = Buffer.from(captured[holds], 'base64');
      if (bytes.length === 0) continue;
      await writeFile(join(folder, own, `${name}.${suffix}`), bytes, { mode: 0o600 });
      tell(name, { kind: 'capture', file: `evidence/${own}/${name}.${suffix}`, holds });
    }
  });
  await Promise.all(ends);
}
