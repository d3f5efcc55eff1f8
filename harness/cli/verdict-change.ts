import { internetOf } from '../../model/path/public-host.js';
import type { Stop } from '../../model/repair/request.js';
import { stopsOf } from '../../model/repair/stops.js';
import type { Site } from '../../model/site/schema.js';
import { internetHosts } from '../engines/internet.js';

/** More on one screen nobody reads. */
const mostLines = 12;

/** What keeps a site from working or is against the page, and why, by what it keeps from whom. */
export type Verdict = ReadonlyMap<string, { is: 'closed' | 'read'; why: string }>;

/** By the walk through the site's devices: nothing is lived. */
export function verdictOf(site: Site): Verdict {
  return new Map(
    stopsOf(site, internetOf(internetHosts(site))).map((stop) => [
      subjectOf(stop),
      // What is only read comes through.
      { is: stop.by === 'flow' && stop.hop.result === undefined ? 'read' : 'closed', why: reasonOf(stop) },
    ]),
  );
}

/** What a change of a site's file has opened and closed, in lines. */
export function verdictChange(before: Verdict, after: Verdict): string[] {
  const opened = [...before.keys()].filter((key) => !after.has(key)).map((key) => `  opened  ${key}`);
  const closed = [...after]
    .filter(([key]) => !before.has(key))
    .map(([key, { is, why }]) => `  ${is.padEnd(6)}  ${key}: ${why}`);
  const otherwise = [...after]
    .filter(([key, { why }]) => before.has(key) && before.get(key)?.why !== why)
    .map(([key, { is, why }]) => `  still ${is}, otherwise  ${key}: ${why}`);
  const all = [...opened, ...closed, ...otherwise];
  const count = [...after.values()].filter(({ is }) => is === 'closed').length;
  const left = count === 0 ? 'Nothing is closed.' : `${count} closed now.`;
  return [
    ...(all.length === 0 ? ['  The verdict is the same.'] : all.slice(0, mostLines)),
    ...(all.length > mostLines ? [`  and ${all.length - mostLines} more`] : []),
    `  ${left}`,
  ];
}

function subjectOf(stop: Stop): string {
  if (stop.by === 'setting') return `${stop.server ?? stop.device}: ${stop.operation}`;
  const { way, target } = stop;
  return `${target.host}:${target.port} to ${way.flow.server}, ${way.flow.account}`;
}

function reasonOf(stop: Stop): string {
  return stop.by === 'setting' ? stop.explanation : `${stop.hop.device}: ${stop.hop.explanation}`;
}
