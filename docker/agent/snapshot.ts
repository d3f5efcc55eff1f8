import { readdir, readFile } from 'node:fs/promises';
import { run } from './shell.js';

/** What of a machine a lab can change, in words. */
export interface Snapshot {
  addresses: string[];
  routes: string[];
  rules: string[];
  /** Connections that the kernel's firewall remembers. */
  states: string[];
  listeners: string[];
  connections: string[];
  processes: string[];
  files: string[];
  settings: string[];
}

const places = ['/run', '/tmp', '/dev/shm', '/var/spool/squid'];

export async function snapshot(): Promise<Snapshot> {
  const [addresses, routes, rules, states, listeners, connections, processes, files, settings] =
    await Promise.all([
      lines(run('ip', ['-4', '-o', 'address', 'show'])),
      lines(run('ip', ['-4', 'route', 'show'])),
      lines(run('nft', ['list', 'ruleset'])),
      lines(run('conntrack', ['-L'])),
      lines(run('ss', ['-Htunl'])),
      lines(run('ss', ['-Htn', 'state', 'connected', 'exclude', 'time-wait'])),
      runningProcesses(),
      Promise.all(places.map(filesIn)),
      lines(readFile('/etc/resolv.conf', 'utf8')),
    ]);
  return {
    addresses,
    routes,
    rules,
    states,
    listeners,
    connections,
    processes,
    files: files.flat(),
    settings,
  };
}

/** What is there now and was not before. */
export function differences(before: Snapshot, now: Snapshot): string[] {
  return (Object.keys(now) as (keyof Snapshot)[]).flatMap((kind) => {
    const known = [...before[kind]];
    const added = now[kind].filter((text) => {
      const at = known.indexOf(text);
      if (at >= 0) known.splice(at, 1);
      return at < 0;
    });
    return added.map((text) => `${kind}: ${text}`);
  });
}

async function lines(text: Promise<string>): Promise<string[]> {
  return (await text)
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '');
}

async function runningProcesses(): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const names = await Promise.all(ids.map((id) => readFile(`/proc/${id}/comm`, 'utf8').catch(() => '')));
  // What takes the snapshot is running too.
  return names
    .map((name) => name.trim())
    .filter((name) => name !== '' && !['nft', 'ss', 'ip', 'conntrack'].includes(name));
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  return entries.map((entry) => `${folder}/${entry}`);
}
