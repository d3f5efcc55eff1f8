import { canDelay } from './devices/link.js';
import type { KernelFeature } from './roles.js';
import { run } from './shell.js';

/** Tries what not every kernel has, and leaves nothing of it behind. */
export async function kernelFeatures(): Promise<Record<KernelFeature, boolean>> {
  return {
    delay: await canDelay(),
    rate: await queue('tbf', 'rate', '1mbit', 'burst', '10kb', 'latency', '50ms'),
    loss: await rule('numgen random mod 100 < 5 drop'),
    count: await rule('ct count over 1 drop'),
    trace: await rule('meta nftrace set 1'),
  };
}

async function works(undo: string, program: string, ...args: string[]): Promise<boolean> {
  try {
    await run(program, args);
    if (undo) await run('sh', ['-c', undo]);
    return true;
  } catch {
    return false;
  }
}

function queue(...what: string[]): Promise<boolean> {
  return works('tc qdisc del dev lo root', 'tc', 'qdisc', 'add', 'dev', 'lo', 'root', ...what);
}

function rule(text: string): Promise<boolean> {
  return works('', 'nft', '-c', `add table inet try; add chain inet try c; add rule inet try c ${text}`);
}
