import { z } from 'zod';
import { ipv6Network } from '../../model/site/address-plan.js';
import { inRange, rangeOf } from '../../model/site/address-range.js';
import { ipv6Forwards, ipv6Interfaces, ipv6Routes } from './ipv6-state.js';
import { run } from './shell.js';
import { routes } from './snapshot.js';

/** Addresses of labs, and of nobody else (RFC 2544). */
const labRange = /^198\.1[89]\./;
const labRangeOfIpv6 = rangeOf(ipv6Network);

const linksSchema = z.array(z.object({ ifname: z.string() }));

/**
 * Proves that nothing can leave the lab from here: there is no interface but those to the lab's switch, every
 * way out leads to a machine of the lab, and IPv6 is switched off, or leads nowhere but there.
 * @param wires interfaces to the switch
 * @param withIpv6 those on which IPv6 is on
 * @throws Error which says what leads out
 */
export async function assertSealed(
  wires: readonly string[],
  withIpv6: readonly string[] = [],
): Promise<void> {
  const links = linksSchema.parse(JSON.parse(await run('ip', ['-j', 'link', 'show', 'up'])));
  const other = links.find(({ ifname }) => ifname !== 'lo' && !wires.includes(ifname));
  if (other) throw new Error(`not sealed: the interface ${other.ifname} is none of the lab`);
  for (const { to, gateway } of routes())
    if (!labRange.test(gateway ?? to)) throw new Error(`not sealed: the route to ${to} leads out of the lab`);
  const opened = ipv6Interfaces().find((name) => !withIpv6.includes(name));
  if (opened) throw new Error(`not sealed: IPv6 is on at the interface ${opened}`);
  if (ipv6Forwards()) throw new Error('not sealed: IPv6 is forwarded');
  for (const { to, gateway } of ipv6Routes())
    if (!labRangeOfIpv6 || !inRange(gateway ?? to, labRangeOfIpv6))
      throw new Error(`not sealed: the route of IPv6 to ${to} leads out of the lab`);
}
