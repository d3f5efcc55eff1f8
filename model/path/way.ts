import type { Device, ResultName } from '../evidence/vocabulary.js';
import type { Blindness } from '../policy/known-names.js';
import type { NearRule } from '../policy/nearest-rule.js';
import type { WantedFlow } from './flow.js';

/** What one device on the way does with a flow, asked as if all before it had let it pass. */
export interface Hop {
  device: Device;
  /** Whose packets it decides about: the server's, or the proxy's own. */
  from: string;
  /** Which one, where several firewalls stand at the edge. */
  firewall?: string;
  /** As in the decisions of the evidence: `allow`, `drop`, `refuse`, `inspect`, … */
  action: string;
  /** The rule or setting that decides, by its name; absent where the device has none for it. */
  rule?: string;
  /** Position of the rule in the device's list, from 0; absent for a default, and where there is no list. */
  index?: number;
  /** Why, in words. */
  explanation: string;
  /** The rule that came nearest to deciding otherwise, where the flow is stopped or no rule is about it. */
  near?: NearRule;
  /** Why the firewall did not know the name, where that decided. */
  unknowing?: Blindness;
  /** Rules before the one that decides here, of which nobody knows whether they are about the flow. */
  notJudged?: string[];
  /** What the client sees, where nothing before it stops the flow; absent: the flow goes on. */
  result?: Exclude<ResultName, 'ok'>;
  /** A firewall that decides when it has read a name: until then it lets the connection stand. */
  byName?: true;
  /** Packets go from here to an address that is not the host's. */
  isAstray?: true;
  /** The client trusts what it is shown here, and asks for the revocation list that is named in it. */
  namesList?: true;
  /** Who stops the flow answers in the host's place: who looks at nothing takes it for the host. */
  answers?: true;
  /** What the client sees here, and takes the next way that it was told of: another proxy, or none. */
  passedOver?: Exclude<ResultName, 'ok'>;
}

/** What becomes of a flow on its whole way. */
export interface Way {
  flow: WantedFlow;
  /** In path order. */
  hops: Hop[];
  /** What the client sees: the result of the first hop that stops the flow. */
  outcome: ResultName;
  /** Every hop that stops it, in path order: all of them have to be mended. Those not judged are left out. */
  stops: Hop[];
}

/** @see Way */
export function wayOf(flow: WantedFlow, hops: Hop[]): Way {
  const ends = hops.filter(({ result }) => result !== undefined);
  const stops = ends.filter(({ notJudged }) => !notJudged);
  const [first] = ends;
  return { flow, hops, outcome: (first && inTime(hops, first).result) ?? 'ok', stops };
}

/**
 * Who ends a flow before a hop can: a firewall that waits for a name lets the first packet pass to those
 * behind it, and one that refuses that packet is faster. Else the hop itself.
 */
export function inTime(hops: readonly Hop[], hop: Hop): Hop {
  if (!hop.byName) return hop;
  const rest = hops.slice(hops.indexOf(hop) + 1);
  const end = rest.findIndex(({ device, from }) => device !== hop.device || from !== hop.from);
  const behind = end < 0 ? rest : rest.slice(0, end);
  return behind.find(({ byName, result }) => result !== undefined && !byName) ?? hop;
}
