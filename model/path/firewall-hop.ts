import type { Device } from '../evidence/vocabulary.js';
import type { Policy } from '../policy/decide.js';
import type { decideAtEdge } from '../policy/decide-by-name.js';
import type { Flow } from '../policy/flow.js';
import { nearestRule } from '../policy/nearest-rule.js';
import { notJudgedBy } from '../policy/not-judged.js';
import { isInside, type SiteAddresses } from '../site/addresses.js';
import type { HopOptions } from './sender.js';
import type { Hop } from './way.js';

const seen = { drop: 'tcp-drop', reject: 'tcp-reject', reset: 'tcp-reset' } as const;

/** What a firewall, a server's own or one of the network, makes of a flow, as a step of its way. */
export function firewallHop(
  { device, machine, policy }: { device: Device; machine: string; policy: Policy },
  flow: Flow,
  decision: ReturnType<typeof decideAtEdge>,
  addresses: SiteAddresses,
  options: HopOptions,
): Hop {
  const { action, rule, index, explanation, byName } = decision;
  const result = action === 'allow' ? undefined : byName ? ('sni-block' as const) : seen[action];
  const near =
    options.nearest && (result !== undefined || index === undefined)
      ? nearestRule(policy, flow, { action, index })
      : undefined;
  const notJudged = notJudgedBy(policy, flow, decision, isInside(addresses, flow.address));
  return {
    ...{ device, from: machine, action, rule, explanation },
    ...(index !== undefined && { index }),
    ...(notJudged.length > 0 && { notJudged }),
    ...(result && { result }),
    ...(byName && { byName }),
    ...(near && { near }),
  };
}
