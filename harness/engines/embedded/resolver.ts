import { type Answer, publicAnswer } from '../../../mocks/devices/public-answer.js';
import { queryTimeoutMs } from '../../../mocks/devices/refusal.js';
import { type Asker, NetworkError, type Resolution } from '../../../mocks/network.js';
import type { CloudHost } from '../../../mocks/zone.js';
import type { ResultName } from '../../../model/evidence/vocabulary.js';
import { internalNames } from '../../../model/path/internal-names.js';
import { faultFor, misanswerFor } from '../../../model/policy/resolver.js';
import { siteAddresses } from '../../../model/site/addresses.js';
import { canonical } from '../../../model/site/host-name.js';
import type { Site } from '../../../model/site/schema.js';
import type { DeviceContext } from './devices/device.js';

const words: Partial<Record<ResultName, string>> = {
  'dns-nxdomain': 'no such name',
  'dns-timeout': 'the resolver did not answer',
};

/** Answers names: the site's own zones and faults first, then the public names of the cloud. */
export class SiteResolver {
  readonly #internal: ReadonlyMap<string, string>;

  constructor(
    private readonly context: DeviceContext,
    private readonly site: Site,
    private readonly zone: readonly CloudHost[],
  ) {
    this.#internal = internalNames(site, siteAddresses(site));
  }

  /** @throws NetworkError */
  resolve(name: string, machine: string, asker: Asker): Resolution {
    const answer = this.#answer(canonical(name));
    this.context.emit(machine, { kind: 'dns', name, ...asker, device: 'resolver', ...answer });
    if (answer.outcome === 'ok' || answer.outcome === 'dns-wrong-answer') return answer;
    const waitedMs = answer.outcome === 'dns-timeout' ? queryTimeoutMs : 0;
    throw new NetworkError(answer.outcome, `${name}: ${words[answer.outcome]}`, undefined, { waitedMs });
  }

  #answer(name: string): Answer {
    const { resolver } = this.site;
    const internal = this.#internal.get(name);
    const misanswer = internal === undefined ? misanswerFor(resolver, name) : faultFor(resolver, name);
    if (internal !== undefined && !misanswer) return { chain: [name], addresses: [internal], outcome: 'ok' };
    const found = publicAnswer(this.zone, name);
    if (!misanswer) return found;
    const { answer, rule, addresses } = misanswer;
    switch (answer) {
      case 'nxdomain':
        return { chain: [name], addresses: [], outcome: 'dns-nxdomain', rule };
      case 'timeout':
        return { chain: [name], addresses: [], outcome: 'dns-timeout', rule };
      case 'no-chain':
        // The alias is answered, its target is not: the client learns no address.
        return { chain: found.chain.slice(0, 2), addresses: [], outcome: 'dns-nxdomain', rule };
      case 'wrong-address':
        return { chain: [name], addresses, outcome: 'dns-wrong-answer', rule };
    }
  }
}
