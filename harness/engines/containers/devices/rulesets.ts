import { log } from '../../../../docker/agent/log-prefix.js';
import { liveRule } from '../../../../docker/agent/nflog.js';
import type { Server } from '../../../../model/site/schema.js';
import type { Present } from './containers-device.js';
import { containersDevices } from './devices.js';
import { noSet } from './dnsmasq.js';
import { opening } from './packets.js';

/** Packets to here are logged and go nowhere: by them a sensor is proved to live. */
const live = `chain live {
  type filter hook output priority -10; policy accept;
  ${liveRule}
}`;

/** The gateway: the rules of every device that stands there. */
export function gatewayRuleset(present: Present): string {
  // A program there carries connections on that it did not name: those have to be seen.
  const carriesOn = containersDevices.some((device) => device.carriesOn?.(present.site));
  const onward = `chain onward {
  type filter hook output priority 0; policy accept;
  oifname { "outside", "link" } ${opening} ${log({ kind: 'onward' })}
}`;
  return table([
    `set ${noSet} { type ipv4_addr; }`,
    ...containersDevices.map((device) => device.gatewayRules?.(present) ?? ''),
    ...(carriesOn ? [onward] : []),
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
