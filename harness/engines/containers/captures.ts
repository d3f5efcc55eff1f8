import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventBody } from '../../evidence/event.js';
import type { Machines } from './machines.js';

const files = [
  ['packets', 'pcap'],
  ['tls-keys', 'keys'],
] as const;

/**
 * Writes what was captured on every machine of a scenario's lab below `folder`, and tells an event per
 * file. Only the file's owner can read it: TLS keys open what was captured.
 */
export async function collectCaptures(
  machines: Machines,
  folder: string,
  scenario: string,
  tell: (machine: string, event: EventBody) => void,
): Promise<void> {
  const own = scenario.replace(/[^\w.#-]+/g, '_');
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
