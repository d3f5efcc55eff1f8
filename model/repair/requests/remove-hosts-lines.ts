import { lineOf } from '../../policy/hosts-file.js';
import { edgeFirewalls } from '../../site/edge-firewalls.js';
import type { FlowKind } from '../request.js';
import { withServer } from './rules.js';

/**
 * A server asks the resolver for names that its hosts file fixes: at a wrong address, or at the right one,
 * of which a firewall does not hear that learns names from the resolver's answers.
 */
export const removeHostsLines: FlowKind = {
  kind: 'remove-hosts-lines',
  of({ hop, way }, site) {
    const about = { device: 'server', server: way.flow.server } as const;
    if (hop.device === 'server') return isLine(hop.rule) ? about : undefined;
    if (hop.device !== 'edge-firewall' || !edgeFirewalls(site).some((one) => one['names-from'] === 'dns'))
      return undefined;
    const said = way.hops.find(
      ({ device, from, rule, notJudged }) =>
        device === 'server' && from === hop.from && isLine(rule) && !notJudged,
    );
    if (said?.rule === undefined || said.result) return undefined;
    const rules = [...(hop.rule === undefined ? [] : [hop.rule]), said.rule];
    const why = `${said.explanation}, and the firewall learns names from the answers of the resolver`;
    return { ...about, rules, reasons: [why, hop.explanation] };
  },
  grant: ({ server, rules }, site) =>
    withServer(site, server, (one) => ({
      ...one,
      hosts: Object.fromEntries(
        Object.entries(one.hosts).filter((line) => !rules.includes(lineOf(line).rule)),
      ),
    })),
  words: ({ server, rules }) =>
    `Take out of the hosts file of ${server}: ${rules
      .filter(isLine)
      .map((rule) => `"${rule.replace(/^hosts /, '')}"`)
      .join(', ')}.`,
};

function isLine(rule: string | undefined): boolean {
  return rule?.startsWith('hosts ') === true;
}
