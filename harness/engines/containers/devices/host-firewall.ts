import { userIdOf } from '../../../../docker/agent/dial.js';
import { accountsOf } from '../../../../model/site/accounts.js';
import type { Server } from '../../../../model/site/schema.js';
import { dscpOf } from './account-mark.js';
import type { ContainersDevice, Present } from './containers-device.js';
import { addressesByName, type Compiled, compile } from './nftables.js';
import { later, opening, packetsOfIpv6 } from './packets.js';
import { policyFinding } from './policy-finding.js';

/** A server's own firewall; the accounts of its connections are written into packets behind it. */
export const hostFirewall: ContainersDevice = {
  device: 'host-firewall',
  serverRules(present, server) {
    const { sets, rules } = compileHost(present, server);
    const { site } = present;
    const marks = accountsOf(site).map(
      (account) => `meta skuid ${userIdOf(site, account)} ip dscp set ${dscpOf(site, account)}`,
    );
    return `${sets}
chain accounts {
  type filter hook output priority mangle; policy accept;
  ${opening} jump identify
}
chain identify {
${marks.join('\n')}
}
chain host {
  type filter hook output priority 0; policy accept;
  oifname "lo" accept
  ${packetsOfIpv6(site)}
  meta l4proto != tcp accept
  ${later} accept
${rules}
}`;
  },
  lines: {
    host(line, known, { site }) {
      const server = site.servers.find(({ name }) => name === known.machine);
      const policy = server?.['host-firewall'] ?? { default: 'allow', rules: [] };
      return policyFinding('host-firewall', policy, line, known);
    },
  },
};

export function compileHost({ site, addresses }: Present, server: Server): Compiled {
  return compile(server['host-firewall'], {
    device: 'host',
    addressOf: addressesByName(site, addresses),
    accountMatch: (account) => `meta skuid ${userIdOf(site, account)}`,
  });
}
