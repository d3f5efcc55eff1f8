import type { Site } from '../../model/site/schema.js';
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
 * The engine that a command's flags ask for; what it does that takes long is told on standard error. Where
 * they ask for none, a site that real machines cannot do has the embedded one, which is told, too.
 * @throws NoEngineError
 */
export async function openEngine(flags: EngineFlags, site?: Site): Promise<Engine> {
  const engine = await openAsked(flags);
  const cannot = site && flags.engine === 'auto' ? engine.cannot(site) : undefined;
  if (cannot === undefined || needsMachines(flags)) return engine;
  await engine[Symbol.asyncDispose]();
  process.stderr.write(`Not on containers, but on the embedded engine: ${cannot}.\n`);
  return selectEngine('embedded');
}

/** On which engine a lab is. Where nobody chose real machines, how to do without them. */
export function onEngine({ name }: Pick<Engine, 'name'>, flags: EngineFlags): string {
  const isChosen = flags.engine !== 'auto' || needsMachines(flags) !== undefined;
  const faster =
    name === 'containers' && !isChosen ? ', since Docker is here (--engine embedded is faster)' : '';
  return `on the ${name} engine${faster}`;
}

/** The flag, if any, for which only real machines will do. */
function needsMachines({ pcap, keep, client }: EngineFlags): string | undefined {
  return pcap ? '--pcap' : keep ? '--keep' : client !== undefined ? '--client' : undefined;
}

function openAsked(flags: EngineFlags): Promise<Engine> {
  const { engine, out, pcap } = flags;
  const flag = needsMachines(flags);
  if (flag && engine === 'embedded')
    throw new NoEngineError(`${flag} needs real machines: use it with --engine containers`);
  return selectEngine(
    flag ? 'containers' : engine,
    (text) => process.stderr.write(`${text}\n`),
    pcap ? { captures: capturesOf(out) } : {},
  );
}
