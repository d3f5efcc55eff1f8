import ipaddr from 'ipaddr.js';
import type { EventBody } from '../../model/evidence/event.js';
import { internalNames } from '../../model/path/internal-names.js';
import { type SiteAddresses, siteAddresses } from '../../model/site/addresses.js';
import { fullName } from '../../model/site/full-name.js';
import type { Site } from '../../model/site/schema.js';
import { publicAnswer } from '../devices/public-answer.js';
import type { Fabric } from '../loopback/fabric.js';
import { type Clock, type Connection, type Dial, NetworkError, type NetworkStack } from '../network.js';
import type { CloudHost } from '../zone.js';

export interface PlainNetworkOptions {
  fabric: Fabric;
  clock: Clock;
  emit(event: EventBody): string;
  site(): Site;
  zone(): readonly CloudHost[];
}

const known = new WeakMap<Site, { addresses: SiteAddresses; internal: ReadonlyMap<string, string> }>();

/** Where a site's machines are, worked out once: every connection asks for it. */
function placesOf(site: Site) {
  const places = known.get(site);
  if (places) return places;
  const addresses = siteAddresses(site);
  const worked = { addresses, internal: internalNames(site, addresses) };
  known.set(site, worked);
  return worked;
}

/** For tests: the port that machines use, with wires behind it and no device on the way. */
export class PlainNetwork {
  constructor(private readonly options: PlainNetworkOptions) {}

  /** The stack of a machine: one of the site's servers by its name, any other one on the internet. */
  stack(machine: string): NetworkStack {
    const { fabric, clock, emit } = this.options;
    return {
      machine,
      clock,
      resolve: async (name) => this.#resolve(name),
      connect: (dial) => this.#connect(machine, dial),
      listen: async (address, port, accept) => fabric.listen(address, port, accept),
      emit,
    };
  }

  /** Every machine knows every name. */
  #resolve(name: string): { chain: string[]; addresses: string[] } {
    const site = this.options.site();
    const internal = placesOf(site).internal.get(fullName(site, name));
    if (internal !== undefined) return { chain: [name], addresses: [internal] };
    const { outcome, chain, addresses } = publicAnswer(this.options.zone(), name);
    if (outcome !== 'ok') throw new NetworkError(outcome, `${name}: no such name`);
    return { chain, addresses };
  }

  async #connect(machine: string, dial: Dial): Promise<Connection> {
    const { host, port, ...asker } = dial;
    const { fabric, emit, site } = this.options;
    const [address = ''] = ipaddr.isValid(host) ? [host] : this.#resolve(host).addresses;
    const id = fabric.nextConnection();
    emit({ kind: 'connection', connection: id, host, address, port, ...asker });
    const { servers, user } = placesOf(site()).addresses;
    const arrival = { connection: id, from: servers.get(machine) ?? user };
    const socket = await fabric.dial(address, port, arrival);
    if (socket) return { id, socket, address };
    throw new NetworkError('tcp-reject', `${host}:${port}: the connection was refused`, id);
  }
}
