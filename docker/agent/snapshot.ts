import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { ipv6Interfaces, ipv6Routes } from './ipv6-state.js';
import type { Nft } from './nft.js';

/**
 * What of a machine a lab can change, in words. Read from the kernel's own files where there are such,
 * and in this thread: a lab is looked through between every two scenarios, a program costs more than
 * all of them, and another thread more than most.
 */
export interface Snapshot {
  addresses: string[];
  routes: string[];
  /** Interfaces on which IPv6 is on. */
  ipv6: string[];
  rules: string[];
  /** How many connections the kernel's firewall remembers, where it remembers any. */
  states: string[];
  listeners: string[];
  connections: string[];
  processes: string[];
  files: string[];
}

const places = ['/run', '/tmp', '/dev/shm', '/var/spool/squid'];
/** States of TCP in `/proc/net/tcp` (include/net/tcp_states.h). */
const timeWait = '06';
const listens = '0A';

export async function snapshot(nft: Nft): Promise<Snapshot> {
  // First: nft is one of the processes, from its first use on.
  const rules = lines(await nft.list());
  const addresses = Object.entries(networkInterfaces()).flatMap(([name, list = []]) =>
    list.map(({ address, netmask }) => `${name} ${address} ${netmask}`),
  );
  const states = rememberedStates();
  return {
    addresses,
    routes: [...linesOf('/proc/net/route'), ...ipv6Routes().map(({ to }) => to)],
    ipv6: ipv6Interfaces(),
    rules,
    states: states > 0 ? [`${states} remembered`] : [],
    ...openSockets(),
    processes: runningProcesses(),
    files: places.flatMap(filesIn),
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
export function rememberedStates(): number {
  return Number(readFileSync('/proc/sys/net/netfilter/nf_conntrack_count', 'utf8'));
}

/** Sockets that listen, and TCP connections that have not ended. */
export function openSockets(): Pick<Snapshot, 'listeners' | 'connections'> {
  const [tcp = [], udp = []] = ['tcp', 'udp'].map((protocol) =>
    [protocol, `${protocol}6`].flatMap((name) => linesOf(`/proc/net/${name}`).slice(1)),
  );
  const found = tcp.map((line) => {
    const [, local = '', remote = '', state = ''] = line.split(' ');
    return { local: endpoint(local), remote: endpoint(remote), state };
  });
  return {
    listeners: [
      ...found.filter(({ state }) => state === listens).map(({ local }) => `tcp ${local}`),
      ...udp.map((line) => `udp ${endpoint(line.split(' ')[1] ?? '')}`),
    ],
    connections: found
      .filter(({ state }) => state !== listens && state !== timeWait)
      .map(({ local, remote, state }) => `${local} > ${remote}, state ${state}`),
  };
}

/** Where the main table of routes leads; on-link, where there is no gateway. */
export function routes(): { to: string; gateway?: string }[] {
  return linesOf('/proc/net/route')
    .slice(1)
    .map((line) => {
      const [, to = '', gateway = ''] = line.split(' ');
      return { to: dotted(to), ...(gateway !== '00000000' && { gateway: dotted(gateway) }) };
    });
}

/** `0100007F:0035`, as the kernel writes it → `127.0.0.1:53`; of IPv6 as it is. */
function endpoint(text: string): string {
  const [address = '', port = ''] = text.split(':');
  const at = address.length > 8 ? `[${address}]` : dotted(address);
  return `${at}:${Number.parseInt(port, 16)}`;
}

/** `0100007F` (bytes in the machine's order) → `127.0.0.1`. */
function dotted(hex: string): string {
  const bytes = hex.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
  return bytes.reverse().join('.');
}

function linesOf(file: string): string[] {
  return lines(readFileSync(file, 'utf8'));
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '');
}

function runningProcesses(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => nameOf(id) ?? []);
}

/** Nothing, where it has just ended. */
function nameOf(id: string): string | undefined {
  try {
    return readFileSync(`/proc/${id}/comm`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true }).map((entry) => `${folder}/${entry}`);
}
