import { hostname } from 'node:os';
import { isAlive, ownIdentity } from '../process-identity.js';

/** Labels by which everything of ours is found again, and by whom it may be removed. */
export const labelOf = {
  run: 'connector-lab.run',
  host: 'connector-lab.host',
  process: 'connector-lab.process',
  expires: 'connector-lab.expires',
} as const;

/** After so long a run of another machine counts as dead, milliseconds. */
const leaseMs = 24 * 3_600_000;

/** The labels of a run of this process. */
export function labelsFor(run: string): Record<string, string> {
  return {
    [labelOf.run]: run,
    [labelOf.host]: hostname(),
    [labelOf.process]: ownIdentity(),
    [labelOf.expires]: new Date(Date.now() + leaseMs).toISOString(),
  };
}

/** Whether the run that something belongs to has ended without cleaning up. */
export function isDead(labels: Readonly<Record<string, string>>): boolean {
  if (labels[labelOf.host] !== hostname()) return Date.parse(labels[labelOf.expires] ?? '') < Date.now();
  return !isAlive(labels[labelOf.process] ?? '');
}

const prefix = 'connector-lab-';
const keptPrefix = `${prefix}kept-`;

/** The name of a container that stays after its run. */
export function keptName(name: string): string {
  return name.replace(prefix, keptPrefix);
}

/** The lab that a container belongs to, by its name; undefined where the lab is not kept. */
export function keptLab(name: string): string | undefined {
  return name.startsWith(keptPrefix) ? name.slice(keptPrefix.length).split('-')[0] : undefined;
}
