import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Ends a program; ends when it is gone, which it may have been before. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  // One that a signal ended has no exit code, and says `exit` once only.
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
