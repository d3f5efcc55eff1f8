import { readFileSync } from 'node:fs';

/** What tells this process, `1234 5678`, from a later one with the same number. */
export function ownIdentity(): string {
  return `${process.pid} ${startOf(process.pid) ?? ''}`;
}

/** Whether the process of an {@link ownIdentity} has not ended. */
export function isAlive(identity: string): boolean {
  const [pid = '', start = ''] = identity.split(' ');
  return Number(pid) > 0 && startOf(Number(pid)) === start;
}

/**
 * When a process started, by a clock that does not jump. Undefined where there is no such process; empty
 * where the system does not say.
 */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return '';
  }
}
