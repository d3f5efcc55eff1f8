import type { Account, Device } from '../evidence/vocabulary.js';
import type { WantedFlow } from '../path/flow.js';
import type { Closed, Passage } from '../path/passage.js';
import { type Internet, withHost } from '../path/public-host.js';
import type { Walker } from '../path/walk.js';
import type { Hop } from '../path/way.js';
import { type DocumentedHost, rowId } from '../requirements/documented-host.js';
import { editionFor } from '../requirements/editions/index.js';
import { accountsOf } from '../site/accounts.js';
import { edgeFirewalls } from '../site/edge-firewalls.js';
import type { Site } from '../site/schema.js';

/** Which requirements a stop of a documented row is charged to: the row's own, or the setting that spoils all alike. */
export class Charges {
  readonly #closedPorts: ReadonlySet<string>;

  constructor(
    private readonly site: Site,
    private readonly internet: Internet,
    private readonly walker: Walker,
    passages: readonly Passage[],
  ) {
    const open = new Set(passages.filter((one) => one.open !== 'none').map(portOf));
    this.#closedPorts = new Set(passages.map(portOf).filter((one) => !open.has(one)));
  }

  of(hop: Hop, passage: Passage, { way, names, host }: Closed): string[] {
    const { device, result, rule } = hop;
    const { row } = passage.asking;
    // Whichever accounts it asks: none of the connector's can answer.
    if (result === 'proxy-407') return ['hidden/proxy-no-authentication'];
    if (isByAccount(hop, way.flow, this.site, this.walker, withHost(this.internet, host)))
      return ['ports/service-account'];
    if (device === 'inspector')
      return result === 'websocket-upgrade-refused'
        ? ['tls/no-inspection', 'hidden/websocket-upgrade']
        : ['tls/no-inspection'];
    if (result === 'tls-protocol-version') return [oldTls(this.site)];
    if (device === 'link' && rule?.startsWith('mtu ')) return ['hidden/path-mtu'];
    const isPartly = passage.open === 'some' && row.match === 'suffix' && !namers.has(device);
    const closesPort = closingPorts.has(device) && this.#closedPorts.has(portOf(passage));
    return [
      ...rowsOf(row, this.site),
      ...(isPartly ? ['hosts/suffix-rules'] : []),
      ...(closesPort ? [`ports/outbound-${row.port}`] : []),
      ...(rule?.startsWith('no-chain ') ? ['hidden/cname-chain'] : []),
      ...(this.#isOnlyRenewal(names) ? ['hidden/certificate-renewal'] : []),
    ];
  }

  /** Whether of the hosts that exist only those are closed by which a connector renews its certificate. */
  #isOnlyRenewal(names: readonly string[]): boolean {
    const services = names.flatMap((name) => this.internet.find(name)?.service ?? []);
    return services.length > 0 && services.every((service) => service === 'renewal');
  }
}

/** Which requirement a server breaks that does not offer TLS 1.2: the page has it since 2025. */
export function oldTls(site: Site): string {
  return editionFor(site).requirements.some(({ id }) => id === 'server/tls12')
    ? 'server/tls12'
    : 'hidden/tls12';
}

/** Who says where names lead, one by one. */
const namers = new Set<Device>(['resolver', 'server']);

/** Devices that know ports and no hosts, or both. */
const closingPorts = new Set<Device>(['host-firewall', 'edge-firewall', 'link']);

/** Whether the device would let another account's packets to the same place pass. */
export function isByAccount(
  hop: Hop,
  flow: WantedFlow,
  site: Site,
  walker: Walker,
  internet?: Internet,
): boolean {
  if (!rulesAt(hop, site).some((rule) => rule.account !== undefined)) return false;
  return accountsOf(site).some((account) => {
    if (account === flow.account) return false;
    const same = walker
      .walk({ ...flow, account }, internet)
      .hops.find(
        ({ device, from, firewall }) =>
          device === hop.device && from === hop.from && firewall === hop.firewall,
      );
    return same !== undefined && same.result === undefined;
  });
}

/** The rules by which a firewall or the proxy decides at a hop: those that may be about accounts. */
function rulesAt({ device, from, firewall }: Hop, site: Site): readonly { account?: Account | undefined }[] {
  if (device === 'proxy') return site.proxy?.rules ?? [];
  if (device === 'edge-firewall')
    return edgeFirewalls(site).find(({ name }) => name === firewall)?.rules ?? [];
  if (device !== 'host-firewall') return [];
  return site.servers.find(({ name }) => name === from)?.['host-firewall'].rules ?? [];
}

function portOf({ asking: { server, row } }: Passage): string {
  return `${server} ${row.port}`;
}

function rowsOf(row: DocumentedHost, { cloud }: Site): string[] {
  if (cloud.environment === 'us-government') return ['cloud/government-hosts'];
  return [rowId(row), `hosts/${row.group}`];
}
