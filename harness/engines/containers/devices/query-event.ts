import type { LoggedQuery } from '../../../../docker/agent/devices/query-log.js';
import type { EventBody } from '../../../../model/evidence/event.js';
import { namedBy, ruleName } from '../../../../model/policy/rule-name.js';
import type { SiteAddresses } from '../../../../model/site/addresses.js';
import { edgeFirewalls } from '../../../../model/site/edge-firewalls.js';
import { proxiesOf } from '../../../../model/site/proxies.js';
import type { Site } from '../../../../model/site/schema.js';
import { setName } from './nftables.js';

/** What the resolver logged, with names of machines and rules in place of addresses and sets. */
export function queryEvent(
  { from, sets, ...query }: LoggedQuery,
  site: Site,
  { servers }: SiteAddresses,
): EventBody {
  const [machine = from] = [...servers].find(([, address]) => address === from) ?? [];
  const taught = edgeFirewalls(site).flatMap((firewall, place) =>
    firewall.rules
      .filter((_, index) => sets.includes(setName('edge', place, index)))
      .map((rule) => namedBy(firewall, ruleName(rule))),
  );
  const proxy = proxiesOf(site).find(({ address }) => address === from);
  return { kind: 'query', from: proxy?.machine ?? machine, ...query, taught };
}
