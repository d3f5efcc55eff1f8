import { azureFirewall } from './azure-firewall/index.js';
import { csv } from './csv.js';
import { dotNetConfig } from './dot-net-config.js';
import { fortios } from './fortios/index.js';
import { hostsFile } from './hosts-file.js';
import type { Importer, SourceFile } from './importer.js';
import { iptables } from './iptables/index.js';
import { netshWinhttp } from './netsh-winhttp.js';
import { nftables } from './nftables/index.js';
import { pacFile } from './pac-file.js';
import { panOs } from './pan-os/index.js';
import { serviceTags } from './service-tags.js';
import { squid } from './squid/index.js';
import { windowsFirewall } from './windows-firewall/index.js';

/** Every format, the ones that cannot be mistaken first. */
export const importers: readonly Importer[] = [
  iptables,
  nftables,
  azureFirewall,
  windowsFirewall,
  fortios,
  panOs,
  serviceTags,
  squid,
  netshWinhttp,
  dotNetConfig,
  pacFile,
  hostsFile,
  csv,
];

/** The format of a file; undefined: none that is known here. */
export function importerOf(source: SourceFile): Importer | undefined {
  return importers.find((one) => one.recognises(source));
}
