import { canonical } from '../site/host-name.js';
import type { Server } from '../site/schema.js';

/** A line of a server's hosts file. */
export interface HostsLine {
  host: string;
  address: string;
  /** By which evidence calls it: `hosts 198.18.4.4 login.microsoftonline.com`, as it stands in the file. */
  rule: string;
}

/** The line that says where a name is; undefined: there is none, and a resolver is asked. */
export function hostsLine({ hosts }: Pick<Server, 'hosts'>, name: string): HostsLine | undefined {
  const asked = canonical(name);
  const found = Object.entries(hosts).find(([host]) => canonical(host) === asked);
  return found && lineOf(found);
}

/** @see HostsLine */
export function lineOf([host, address]: [host: string, address: string]): HostsLine {
  return { host, address, rule: `hosts ${address} ${host}` };
}
