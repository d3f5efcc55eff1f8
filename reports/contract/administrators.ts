import type { Changed } from '../../model/repair/request.js';

/** Who is asked, each with the words that they are spoken to by. */
const salutations = {
  'Windows server': 'For the administrator of the Windows servers',
  DNS: 'For the administrator of DNS',
  proxy: 'For the administrator of the proxy',
  firewall: 'For the administrator of the firewall and the network',
  'TLS inspection': 'For the administrator of TLS inspection',
  'Entra tenant': 'For the administrator of the Entra tenant',
  application: 'For the owner of the application',
  Microsoft: 'For Microsoft',
} as const;
/** Of several firewalls each has an administrator of its own. */
export type Administrator = keyof typeof salutations | `firewall ${string}`;

/** Whose a device is: one administrator may have several. */
const administrators: Record<Changed, Administrator> = {
  server: 'Windows server',
  resolver: 'DNS',
  'host-firewall': 'Windows server',
  'application-host': 'application',
  proxy: 'proxy',
  'parent-proxy': 'proxy',
  'edge-firewall': 'firewall',
  'syn-proxy': 'firewall',
  inspector: 'TLS inspection',
  link: 'firewall',
  cloud: 'Microsoft',
  tenant: 'Entra tenant',
};

/** Who can be asked to change something; a matter of the server, where no device is known. */
export function administratorOf(device: Changed = 'server', firewall?: string): Administrator {
  return firewall === undefined ? administrators[device] : `firewall ${firewall}`;
}

export function salutation(administrator: Administrator): string {
  return isKnown(administrator)
    ? salutations[administrator]
    : `For the administrator of the firewall "${administrator.slice('firewall '.length)}"`;
}

function isKnown(administrator: Administrator): administrator is keyof typeof salutations {
  return administrator in salutations;
}

/** Requests of one administrator stand together; whose request helps first comes first. */
export function byAdministrator<T extends { administrator: Administrator }>(
  requests: readonly T[],
): { administrator: Administrator; requests: T[] }[] {
  const names = [...new Set(requests.map(({ administrator }) => administrator))];
  return names.map((administrator) => ({
    administrator,
    requests: requests.filter((one) => one.administrator === administrator),
  }));
}
