import type { EventOf } from '../../model/evidence/event.js';
import type { ResultName } from '../../model/evidence/vocabulary.js';
import { canonical } from '../../model/site/host-name.js';
import type { DnsAnswer } from './dns-client.js';

/** What a machine knows of a name by itself. */
export interface Known {
  address: string;
  rule?: string;
}

/** How a machine looks for names. */
export interface Search {
  /** What is asked for, in order. */
  namesToAsk(name: string): string[];
  /** Whether what is said of one of these ends it. */
  ends(name: string, asked: string, outcome: ResultName): boolean;
  /** The list that it was not found with. */
  fruitless(name: string): string | undefined;
}

/** How a machine learns where names lead. */
export interface Learning {
  /** The address that the machine itself has for a name, and the line that says so. */
  knows?(name: string): Promise<Known | undefined>;
  /** How the machine looks for names; absent: as they are written. */
  search?: Search;
}

/** What is said of a name, and by whom. */
interface Said extends Pick<EventOf<'dns'>, 'device' | 'chain' | 'addresses' | 'outcome' | 'rule'> {
  /** As which name a resolver knows it; absent: none was asked. */
  asked?: string;
}

/** @param query asks the machine's resolver */
export async function learnName(
  { knows, search }: Learning,
  query: (name: string) => Promise<DnsAnswer>,
  name: string,
): Promise<Said> {
  const known = await knows?.(name);
  if (known) {
    const { address, rule } = known;
    const said: Said = { device: 'server', chain: [name], addresses: [address], outcome: 'ok' };
    return rule === undefined ? said : { ...said, rule };
  }
  let said: Said | undefined;
  for (const asked of search?.namesToAsk(name) ?? [canonical(name)]) {
    const { outcome, chain, addresses } = await query(asked);
    said = {
      ...{ device: 'resolver', outcome, addresses, asked },
      chain: asked === canonical(name) ? chain : [name, ...chain],
    };
    if (search?.ends(name, asked, outcome)) break;
  }
  if (said?.outcome === 'ok') return said;
  const rule = search?.fruitless(name);
  if (said && rule === undefined) return said;
  return {
    ...{ device: 'server', chain: [name], addresses: [], outcome: 'dns-nxdomain' },
    ...(rule !== undefined && { rule }),
  };
}
