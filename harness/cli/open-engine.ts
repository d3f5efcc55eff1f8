import { type Engine, NoEngineError } from '../engines/engine.js';
import { type EngineName, selectEngine } from '../engines/select.js';
import { capturesOf } from '../run/output.js';

export interface EngineFlags {
  engine: EngineName;
  out: string;
  pcap?: true;
  keep?: true;
  /** An image that is to be a machine of the lab. */
  client?: string;
}

/**
 * The engine that a command's flags ask for; what it does that takes long is told on standard error.
 * @throws NoEngineError
 */
export function openEngine({ engine, out, pcap, keep, client }: EngineFlags): Promise<Engine> {
  const flag = pcap ? '--pcap' : keep ? '--keep' : client !== undefined ? '--client' : undefined;
  if (flag && engine === 'embedded')
    throw new NoEngineError(`${flag} needs real machines: use it with --engine containers`);
  return selectEngine(
    flag ? 'containers' : engine,
    (text) => process.stderr.write(`${text}\n`),
    pcap ? { captures: capturesOf(out) } : {},
  );
}
