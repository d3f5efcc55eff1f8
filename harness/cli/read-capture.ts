import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Evidence } from '../../model/diagnosis/evidence.js';
import { CaptureReader } from '../../model/diagnosis/from-capture.js';
import { NoEngineError } from '../engines/engine.js';
import { fields, packetsIn } from './tshark-fields.js';
import { UsageError } from './usage-error.js';

/** What says something; all else tshark leaves out. */
const wanted = 'tcp || (dns && udp) || icmp.type == 3';

export interface CaptureOptions {
  /** The connector server's address; undefined: whoever opened most connections. */
  server?: string | undefined;
  /** The program that reads. */
  program?: string;
  signal?: AbortSignal;
}

/**
 * Evidence of a packet capture, read by tshark line by line, so that its size does not matter.
 * @throws NoEngineError where there is no tshark, UsageError
 */
export async function readCapture(
  file: string,
  { server, program = 'tshark', signal }: CaptureOptions = {},
): Promise<Evidence> {
  // No names are looked up, and no file of settings is read that could run something.
  const args = ['-n', '-r', file, '-Y', wanted, '-T', 'fields', '-E', 'occurrence=a', '-E', 'aggregator=,'];
  const child = spawn(program, [...args, ...fields.flatMap((field) => ['-e', field])], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal && { signal }),
  });
  let words = '';
  child.stderr.on('data', (chunk) => {
    if (words.length < 2000) words += chunk;
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  // It is waited for when all lines are read.
  ended.catch(() => {});
  const reader = new CaptureReader();
  let lines = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    lines++;
    for (const packet of packetsIn(line)) reader.take(packet);
  }
  const [code] = await ended.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new NoEngineError(
      `${file} is a packet capture, and tshark, which reads them, is not installed (Debian: apt-get install tshark)`,
      { cause: error },
    );
  });
  // A capture that was cut off in the middle of a packet is read up to there.
  if (code !== 0 && (lines === 0 || !/cut short/i.test(words)))
    throw new UsageError(`${file}: tshark cannot read it: ${words.trim().split('\n').at(-1)}`);
  return reader.evidence(server);
}
