import type { LabEvent } from '../evidence/event.js';
import { accounts } from '../evidence/vocabulary.js';
import { ruleName } from '../policy/rule-name.js';
import { requirementsFor } from '../requirements/lookup.js';
import { ruleActions, type Site } from '../site/schema.js';
import type { FoundResult } from './results-of.js';

/**
 * The documented requirements that a result is about: for what failed, those it breaks; for what
 * worked, those it shows to hold in this site.
 */
export function requirementsOf(result: FoundResult, site: Site): string[] {
  const { host, port } = result;
  const environment = site.cloud.environment;
  const byCause = causeRequirements(result, site);
  const byPlace =
    host !== undefined && port !== undefined && (byCause.length === 0 || result.result === 'proxy-407')
      ? requirementsFor({ host, port, environment })
      : [];
  return [...new Set([...byCause, ...byPlace])];
}

/** What the device or the kind of failure says, whatever host it was about. */
function causeRequirements(found: FoundResult, site: Site): string[] {
  const { device, rule, result, operation } = found;
  if (device === 'server' && rule) return [`server/${rule}`];
  if (device === 'inspector') return ['tls/no-inspection'];
  if (device === 'application-host') return ['server/reaches-application'];
  if (result === 'idle-timeout') return ['hidden/idle-timeout'];
  if (decidedByAccount(found, site)) return ['ports/service-account'];
  // The host itself was open; what was not is where its certificate's revocation is published.
  if (result === 'tls-revocation-offline') return ['hosts/revocation', 'ports/outbound-80'];
  if (result === 'proxy-407') return ['hidden/proxy-no-authentication'];
  if (result === 'clock-skew') return ['hidden/clock'];
  if (result === 'tls-protocol-version') return ['hidden/tls12'];
  if (result === 'websocket-upgrade-refused') return ['hidden/websocket-upgrade'];
  if (operation === 'tunnel' && result === 'refused-by-service') return ['server/connector-version'];
  if (operation === 'renew' && result === 'tls-expired') return ['hidden/certificate-renewal'];
  return [];
}

function decidedByAccount({ device, rule, server }: FoundResult, site: Site): boolean {
  const rules =
    device === 'edge-firewall'
      ? site.firewall.rules
      : device === 'host-firewall'
        ? site.servers.find(({ name }) => name === server)?.['host-firewall'].rules
        : undefined;
  if (rules === undefined || rule === undefined) return false;
  const named = rules.find((one) => ruleName(one) === rule);
  // A rule that a scenario's change brought is not in the site; a name made of parts tells all the same.
  return named ? named.account !== undefined : madeWithAccount.test(rule);
}

/** {@link ruleName} of a rule without a name of its own. */
const madeWithAccount = new RegExp(
  `^(${ruleActions.join('|')}) .* account (${accounts.join('|')})( from |$)`,
);

/** The requirements that successful attempts show to hold. */
export function shownBy(events: readonly LabEvent[], site: Site): Set<string> {
  const shown = new Set<string>();
  const { environment } = site.cloud;
  for (const event of events) {
    if (event.kind === 'attempt' && event.outcome === 'ok')
      for (const id of requirementsFor({ host: event.host, port: event.port, environment })) shown.add(id);
    if (event.kind === 'prerequisite' && event.met) shown.add(`server/${event.fact}`);
    if (event.kind === 'application') shown.add('server/reaches-application');
  }
  return shown;
}
