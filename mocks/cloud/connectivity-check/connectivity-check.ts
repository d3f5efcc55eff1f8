import type { Service } from '../service.js';

/** What Windows looks for, by host: the one of current versions, and that of those before Windows 10. */
const files: Readonly<Record<string, { path: string; says: string }>> = {
  'www.msftconnecttest.com': { path: '/connecttest.txt', says: 'Microsoft Connect Test' },
  'www.msftncsi.com': { path: '/ncsi.txt', says: 'Microsoft NCSI' },
};

/**
 * Where Windows itself finds out whether there is an internet (Network Connectivity Status Indicator,
 * learn.microsoft.com/windows-server/networking/ncsi). No connector asks, and the requirements page does
 * not list it: a server may call its network dead while its connector works, and the other way round.
 */
export const connectivityCheck: Service = {
  name: 'connectivity-check',
  // Delivered by Akamai since 2023-06-20, from no address that could be relied on; the aliases are assumed.
  hosts: () =>
    Object.keys(files).map((name) => ({
      name,
      block: 'authorities',
      chain: ['ncsi-geo.trafficmanager.net', 'www.msftncsi.com.edgesuite.net', 'a1961.g2.akamai.net'],
      ports: [80],
    })),
  answer:
    () =>
    ({ host, url }) => {
      const file = files[host];
      if (url.pathname !== file?.path) return { status: 404 };
      return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: file.says };
    },
};
