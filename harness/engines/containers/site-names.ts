import { answerFor } from '../../../model/path/answer.js';
import { internalNames } from '../../../model/path/internal-names.js';
import { type Internet, internetOf } from '../../../model/path/public-host.js';
import { isAddress } from '../../../model/site/address-range.js';
import { internetHosts } from '../internet.js';
import type { Present } from './devices/containers-device.js';

/** Where names lead in a site, as its resolver says. */
export class SiteNames {
  readonly #internal: ReadonlyMap<string, string>;
  readonly #internet: Internet;

  constructor(private readonly present: Present) {
    this.#internal = internalNames(present.site, present.addresses);
    this.#internet = internetOf(internetHosts(present.site));
  }

  /** Of a name that has none: none. An address leads to itself. */
  addressesOf(host: string): readonly string[] {
    if (isAddress(host)) return [host];
    return answerFor(this.present.site.resolver, this.#internal, this.#internet, host).addresses;
  }
}
