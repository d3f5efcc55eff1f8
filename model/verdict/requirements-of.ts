import type { LabEvent } from '../evidence/event.js';
import type { Policy } from '../policy/decide.js';
import { namedBy, ruleName } from '../policy/rule-name.js';
import { catalogueFor } from '../requirements/catalogue.js';
import { requirementsFor } from '../requirements/lookup.js';
import { carriedBy } from '../requirements/sign.js';
import { edgeFirewalls } from '../site/edge-firewalls.js';
import { ruleActions, type Site } from '../site/schema.js';
import type { FoundResult } from './results-of.js';

/**
 * The documented requirements that a result is about: for what failed, those it breaks; for what
 * worked, those it shows to hold in this site.
 */
export function requirementsOf(result: FoundResult, site: Site): string[] {
  const { host, port } = result;
  const { edition } = site;
  const { environment } = site.cloud;
  const carried = carriedBy(catalogueFor(site), { ...result, byAccount: decidedByAccount(result, site) });
  const isAboutPlace = carried.every(({ sign }) => sign.by === 'result' && sign.alsoPlace);
  const byPlace =
    host !== undefined && port !== undefined && isAboutPlace
      ? requirementsFor({ host, port, environment, edition })
      : [];
  return [...new Set([...carried.map(({ row }) => row.id), ...byPlace])];
}

function decidedByAccount({ device, rule, server }: FoundResult, site: Site): boolean {
  const policies =
    device === 'edge-firewall'
      ? edgeFirewalls(site)
      : device === 'host-firewall'
        ? site.servers.filter(({ name }) => name === server).map((one) => one['host-firewall'])
        : undefined;
  if (policies === undefined || rule === undefined) return false;
  const named = policies
    .flatMap((policy: Policy) =>
      policy.rules.map((one) => ({ ...one, name: namedBy(policy, ruleName(one)) })),
    )
    .find(({ name }) => name === rule);
  // A rule that a scenario's change brought is not in the site; a name made of parts tells all the same.
  return named ? named.account !== undefined : madeWithAccount.test(rule);
}

/** {@link ruleName} of a rule without a name of its own. */
const madeWithAccount = new RegExp(`^([^:]+: )?(${ruleActions.join('|')}) .* account \\S+( from |$| \\()`);

/** The requirements that successful attempts show to hold. */
export function shownBy(events: readonly LabEvent[], site: Site): Set<string> {
  const shown = new Set<string>();
  const { edition } = site;
  const { environment } = site.cloud;
  for (const event of events) {
    if (event.kind === 'attempt' && event.outcome === 'ok')
      for (const id of requirementsFor({ host: event.host, port: event.port, environment, edition }))
        shown.add(id);
    if (event.kind === 'prerequisite' && event.met) shown.add(`server/${event.fact}`);
    if (event.kind === 'application') shown.add('server/reaches-application');
  }
  return shown;
}
