import type { LoggedQuery } from '../../../../docker/agent/devices/query-log.js';
import type { EventBody } from '../../../../model/evidence/event.js';
import { ruleName } from '../../../../model/policy/rule-name.js';
import type { SiteAddresses } from '../../../../model/site/addresses.js';
import type { Site } from '../../../../model/site/schema.js';

/** What the resolver logged, with names of machines and rules in place of addresses and sets. */
export function queryEvent(
  { from, sets, ...query }: LoggedQuery,
  { firewall }: Site,
  { servers, proxy }: SiteAddresses,
): EventBody {
  const [machine = from] = [...servers].find(([, address]) => address === from) ?? [];
  const taught = firewall.rules.filter((_, index) => sets.includes(`edge${index}`)).map(ruleName);
  return { kind: 'query', from: from === proxy ? 'proxy' : machine, ...query, taught };
}
