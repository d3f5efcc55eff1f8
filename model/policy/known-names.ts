import { durationText } from '../site/duration.js';
import type { Firewall } from '../site/schema.js';
import { firstCovering } from './by-hosts.js';
import { decideAtEdge, type EdgePolicy } from './decide-by-name.js';
import type { Flow } from './flow.js';
import type { NearRule } from './nearest-rule.js';
import { namedBy, ruleName } from './rule-name.js';
import { ruleNumber } from './rule-number.js';

type Learning = Partial<Pick<Firewall, 'other-answers' | 'names-lost-for'>>;

/** What keeps a firewall from knowing names that servers were told. */
export type Blindness = 'other-answers' | 'names-lost-for';

/**
 * A flow with the names that a firewall at the edge has learned for its address. `sinceRestart`: how long
 * ago the lab began, in milliseconds of its time.
 */
export function asLearned(firewall: Learning, flow: Flow, sinceRestart = 0): Flow {
  const isBlind = flow.isUnasked || blindnessFor(firewall, flow.host, sinceRestart) !== undefined;
  return isBlind ? { ...flow, names: [] } : flow;
}

/** Why it has learned nothing of a host; undefined: it has. */
export function blindnessFor(firewall: Learning, host: string, sinceRestart = 0): Blindness | undefined {
  if (firstCovering(firewall['other-answers'] ?? [], host, (one) => one) !== undefined)
    return 'other-answers';
  return sinceRestart < (firewall['names-lost-for'] ?? 0) ? 'names-lost-for' : undefined;
}

/** The rule that would have decided about a flow, had the firewall known its names; undefined: the same. */
export function unknowing(
  firewall: EdgePolicy & Learning,
  flow: Flow,
  index: number | undefined,
): { kind: Blindness; near: NearRule; words: string } | undefined {
  const kind = blindnessFor(firewall, flow.host);
  if (kind === undefined) return undefined;
  const knowing = decideAtEdge(firewall, flow);
  const rule = knowing.index === undefined ? undefined : firewall.rules[knowing.index];
  if (!rule || knowing.index === undefined || knowing.index === index) return undefined;
  const words = {
    'other-answers': `it follows another resolver, which gives other addresses for ${flow.host}`,
    'names-lost-for': `it lost the names that it had learned at a restart, and learns them again within ${durationText(firewall['names-lost-for'] ?? 0)}`,
  }[kind];
  const near = {
    ...{ rule: namedBy(firewall, ruleName(rule)), number: ruleNumber(firewall.rules, knowing.index) },
    why: `would decide if ${flow.address} were known as ${flow.host}: ${words}`,
  };
  return { kind, near, words };
}
