import { type HereFlags, probeHere, progressOf } from './probe-here.js';
import { tellProbed } from './tell-probed.js';
import { UsageError } from './usage-error.js';

export interface ProbeFlags extends HereFlags {
  in?: string;
  engine: 'embedded' | 'containers';
}

/** `connector-lab probe`: the connector's own checks, on this machine or on the servers of a site. */
export async function probe(flags: ProbeFlags): Promise<number> {
  if (flags.in === undefined) return probeHere(flags);
  if (flags.engine === 'embedded') return tellProbed(await onSite(flags.in, flags), flags);
  if (flags.hold)
    throw new UsageError(
      '--hold waits for time that does not pass on the machines of a lab: leave --engine containers out',
    );
  return tellProbed(await onMachines(flags.in, flags), flags);
}

async function onSite(file: string, { signal, hold }: ProbeFlags) {
  const [{ probeSite }, { readSite }, { evidenceOf }] = await Promise.all([
    import('../probe/probe-site.js'),
    import('../../model/site/read.js'),
    import('../probe/evidence-of.js'),
  ]);
  const told = { onDone: progressOf(), signal, isHolding: hold ?? false };
  const probed = await probeSite(await readSite(file), told);
  return { evidence: evidenceOf(probed), uncounted: probed.uncounted };
}

async function onMachines(file: string, flags: ProbeFlags) {
  const [{ readSite }, { openEngine }, { probeMachines }, { probeProgram }] = await Promise.all([
    import('../../model/site/read.js'),
    import('./open-engine.js'),
    import('../probe/probe-machines.js'),
    import('./probe-program.js'),
  ]);
  const site = await readSite(file);
  const program = await probeProgram();
  await using engine = await openEngine({ engine: 'containers', out: '' });
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  return {
    evidence: await probeMachines(site, engine, { program, say, signal: flags.signal }),
    uncounted: [],
  };
}
