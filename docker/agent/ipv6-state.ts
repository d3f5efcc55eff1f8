import { readdirSync, readFileSync } from 'node:fs';
import ipaddr from 'ipaddr.js';

const settings = '/proc/sys/net/ipv6/conf';
/** The gateway of a route that has none. */
const nowhere = '0'.repeat(32);

/** Interfaces on which IPv6 is not switched off; what holds for those to come (`default`) is one of them. */
export function ipv6Interfaces(): string[] {
  return readdirSync(settings).filter((name) => setting(`${name}/disable_ipv6`) === '0');
}

/** Whether a machine hands packets of IPv6 on to others. */
export function ipv6Forwards(): boolean {
  return setting('all/forwarding') !== '0';
}

/** Where routes of IPv6 lead, but to the machine itself and to groups; on-link, where there is no gateway. */
export function ipv6Routes(): { to: string; gateway?: string }[] {
  const lines = readFileSync('/proc/net/ipv6_route', 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.flatMap((line) => {
    const [to = '', prefix = '', , , gateway = '', , , , , name] = line.trim().split(/\s+/);
    if (name === 'lo' || to.startsWith('ff')) return [];
    return [
      {
        to: `${colons(to)}/${Number.parseInt(prefix, 16)}`,
        ...(gateway !== nowhere && { gateway: colons(gateway) }),
      },
    ];
  });
}

function setting(name: string): string {
  return readFileSync(`${settings}/${name}`, 'utf8').trim();
}

/** 32 digits in the network's order → `2001:db8::1`. */
function colons(hex: string): string {
  return ipaddr.fromByteArray(hex.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? []).toString();
}
