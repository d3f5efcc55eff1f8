import { log } from '../../../../docker/agent/log-prefix.js';
import { liveRule } from '../../../../docker/agent/nflog.js';
import type { Server } from '../../../../model/site/schema.js';
import type { Present } from './containers-device.js';
import { containersDevices } from './devices.js';
import { noSet } from './dnsmasq.js';
import { opening, outward } from './packets.js';

/** Packets to here are logged and go nowhere: by them a sensor is proved to live. */
const live = `chain live {
  type filter hook output priority -10; policy accept;
  ${liveRule}
}`;

/** The gateway: the rules of every device that stands there. */
export function gatewayRuleset(present: Present): string {
  // A program there carries connections on that it did not name: those have to be seen.
  const carriedOn = containersDevices.flatMap((device) => device.carriesOn?.(present.site) ?? []);
  // Before the kernel hands them to a device behind.
  const onward = `chain onward {
  type filter hook output priority -150; policy accept;
  ${carriedOn.map((those) => `${outward} ${those} ${opening} ${log({ kind: 'onward' })}`).join('\n  ')}
}`;
  return table([
    `set ${noSet} { type ipv4_addr; }`,
    ...containersDevices.map((device) => device.gatewayRules?.(present) ?? ''),
    ...(carriedOn.length > 0 ? [onward] : []),
    live,
  ]);
}

/** A server: the rules of every device that stands there. */
export function serverRuleset(present: Present, server: Server): string {
  return table([...containersDevices.map((device) => device.serverRules?.(present, server) ?? ''), live]);
}

function table(parts: readonly string[]): string {
  return `flush ruleset\ntable inet lab {\n${parts.filter((part) => part !== '').join('\n')}\n}\n`;
}
