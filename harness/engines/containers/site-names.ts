import { Names, type Told } from '../../../model/path/names.js';
import { type Internet, internetOf } from '../../../model/path/public-host.js';
import { isAddress } from '../../../model/site/address-range.js';
import { internetHosts } from '../internet.js';
import type { Present } from './devices/containers-device.js';

/** Where names lead in a site, as its machines learn it. */
export class SiteNames {
  readonly #names: Names;
  readonly #internet: Internet;

  constructor({ site, addresses }: Present) {
    this.#names = new Names(site, addresses);
    this.#internet = internetOf(internetHosts(site));
  }

  /** What the proxy learns. Of a name that has none: none. An address leads to itself. */
  addressesOf(host: string): readonly string[] {
    return isAddress(host) ? [host] : this.ask('proxy', host).addresses;
  }

  /** What a machine learns of a name. */
  ask(machine: string, host: string): Told {
    return this.#names.ask(machine, host, this.#internet);
  }
}
