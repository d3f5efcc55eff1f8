import { internalPlace } from '../../model/site/internal-url.js';
import type { Listening } from '../../model/site/listening.js';
import type { Application } from '../../model/site/schema.js';

/** An address and port at which web servers answer: perhaps several hosts, and several applications of one. */
export interface WebPlace {
  address: string;
  port: number;
  secure: boolean;
  /** Who answers for a host, by name or as a Host header has it, and a path; the first one, where nobody is meant. */
  of(host: string, path?: string): Application;
}

/** What listens for running applications, one for each address and port. */
export function webPlaces(listening: readonly Listening[]): WebPlace[] {
  const groups = new Map<string, [Application, ...Application[]]>();
  for (const { application, address, port } of listening) {
    const key = `${address} ${port}`;
    const group = groups.get(key);
    if (group) group.push(application);
    else groups.set(key, [application]);
  }
  return [...groups].map(([key, group]) => {
    const [address = '', port] = key.split(' ');
    const { secure } = internalPlace(group[0]);
    return { address, port: Number(port), secure, of: (host, path) => chosen(group, host, path) };
  });
}

function chosen(group: readonly [Application, ...Application[]], host: string, path = '/'): Application {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const all = group.map((application) => ({ application, ...internalPlace(application) }));
  const meant = all.filter((one) => one.host === name);
  const [closest] = meant
    .filter((one) => path.startsWith(one.path))
    .sort((a, b) => b.path.length - a.path.length);
  return (closest ?? meant[0])?.application ?? group[0];
}
