import { readdir, readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import type { Nft } from './nft.js';

/**
 * What of a machine a lab can change, in words. Read from the kernel's own files where there are such:
 * a lab is looked through between every two scenarios, and a program costs more than all of them.
 */
export interface Snapshot {
  addresses: string[];
  routes: string[];
  rules: string[];
  /** How many connections the kernel's firewall remembers, where it remembers any. */
  states: string[];
  listeners: string[];
  connections: string[];
  processes: string[];
  files: string[];
  settings: string[];
}

const places = ['/run', '/tmp', '/dev/shm', '/var/spool/squid'];
/** States of TCP in `/proc/net/tcp` (include/net/tcp_states.h). */
const timeWait = '06';
const listens = '0A';

export async function snapshot(nft: Nft): Promise<Snapshot> {
  // First: nft is one of the processes, from its first use on.
  const rules = lines(await nft.list());
  const [routes, states, sockets, processes, files, settings] = await Promise.all([
    linesOf('/proc/net/route'),
    rememberedStates(),
    openSockets(),
    runningProcesses(),
    Promise.all(places.map(filesIn)),
    linesOf('/etc/resolv.conf'),
  ]);
  const addresses = Object.entries(networkInterfaces()).flatMap(([name, list = []]) =>
    list.map(({ address, netmask }) => `${name} ${address} ${netmask}`),
  );
  return {
    addresses,
    routes,
    rules,
    states: states > 0 ? [`${states} remembered`] : [],
    ...sockets,
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

/** How many connections the kernel's firewall remembers. */
export async function rememberedStates(): Promise<number> {
  return Number(await readFile('/proc/sys/net/netfilter/nf_conntrack_count', 'utf8'));
}

/** Sockets that listen, and TCP connections that have not ended. */
export async function openSockets(): Promise<Pick<Snapshot, 'listeners' | 'connections'>> {
  const [tcp, udp] = await Promise.all(
    ['tcp', 'udp'].map(async (protocol) => (await linesOf(`/proc/net/${protocol}`)).slice(1)),
  );
  const found = (tcp ?? []).map((line) => {
    const [, local = '', remote = '', state = ''] = line.split(' ');
    return { local: endpoint(local), remote: endpoint(remote), state };
  });
  return {
    listeners: [
      ...found.filter(({ state }) => state === listens).map(({ local }) => `tcp ${local}`),
      ...(udp ?? []).map((line) => `udp ${endpoint(line.split(' ')[1] ?? '')}`),
    ],
    connections: found
      .filter(({ state }) => state !== listens && state !== timeWait)
      .map(({ local, remote, state }) => `${local} > ${remote}, state ${state}`),
  };
}

/** `0100007F:0035`, as the kernel writes it (bytes in the machine's order) → `127.0.0.1:53`. */
function endpoint(text: string): string {
  const [address = '', port = ''] = text.split(':');
  const bytes = address.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
  return `${bytes.reverse().join('.')}:${Number.parseInt(port, 16)}`;
}

async function linesOf(file: string): Promise<string[]> {
  return lines(await readFile(file, 'utf8'));
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '');
}

async function runningProcesses(): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const names = await Promise.all(ids.map((id) => readFile(`/proc/${id}/comm`, 'utf8').catch(() => '')));
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  return entries.map((entry) => `${folder}/${entry}`);
}
