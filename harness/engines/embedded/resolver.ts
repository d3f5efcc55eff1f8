import { queryTimeoutMs } from '../../../mocks/devices/refusal.js';
import { type Asker, NetworkError, type Resolution } from '../../../mocks/network.js';
import type { CloudHost } from '../../../mocks/zone.js';
import type { ResultName } from '../../../model/evidence/vocabulary.js';
import { Names } from '../../../model/path/names.js';
import { type Internet, internetOf } from '../../../model/path/public-host.js';
import { siteAddresses } from '../../../model/site/addresses.js';
import type { Site } from '../../../model/site/schema.js';
import type { DeviceContext } from './devices/device.js';

const words: Partial<Record<ResultName, string>> = {
  'dns-nxdomain': 'no such name',
  'dns-timeout': 'the resolver did not answer',
};

/** What a machine of a site learned of a name. */
export interface Learned extends Resolution {
  /** No resolver was asked. */
  isUnasked?: true;
}

/** Answers names as the machines of a site learn them: from hosts files, their resolvers and the cloud's zone. */
export class SiteResolver {
  readonly #names: Names;
  readonly #internet: Internet;

  constructor(
    private readonly context: DeviceContext,
    site: Site,
    zone: readonly CloudHost[],
  ) {
    this.#names = new Names(site, siteAddresses(site));
    this.#internet = internetOf(zone);
  }

  /** @throws NetworkError */
  resolve(name: string, machine: string, asker: Asker): Learned {
    const told = this.#names.ask(machine, name, this.#internet);
    const { device, outcome, rule } = told;
    const [chain, addresses] = [[...told.chain], [...told.addresses]];
    this.context.emit(machine, {
      ...{ kind: 'dns', name, ...asker, device, chain, addresses, outcome },
      ...(rule !== undefined && { rule }),
    });
    if (outcome === 'ok' || outcome === 'dns-wrong-answer')
      return { chain, addresses, ...(device === 'server' && { isUnasked: true }) };
    const waitedMs = outcome === 'dns-timeout' ? queryTimeoutMs : 0;
    throw new NetworkError(outcome, `${name}: ${words[outcome]}`, undefined, { waitedMs });
  }
}
