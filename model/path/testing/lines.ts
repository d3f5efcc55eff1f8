import { completeSite } from '../../site/complete.js';
import type { SiteInput } from '../../site/schema.js';
import type { WantedFlow } from '../flow.js';
import type { Internet } from '../public-host.js';
import { Walker } from '../walk.js';
import type { Hop, Way } from '../way.js';
import { documentedInternet } from './flows.js';

/** What the connector's service asks for first. */
export const usual: WantedFlow = {
  ...{ server: 'app-proxy-01', account: 'network-service', stack: 'service', operation: 'bootstrap' },
  ...{ host: 'login.windows.net', port: 443 },
};

/** The way of the usual flow through a site, or of one that differs from it. */
export function walked(
  input: Partial<SiteInput>,
  flow: Partial<WantedFlow> = {},
  internet: Internet = documentedInternet(),
): Way {
  return new Walker(completeSite({ site: 'Walked', ...input }), internet).walk({ ...usual, ...flow });
}

/** A hop in one line: who does what by which rule, what the client sees of it, and why. */
export function lineOf(hop: Hop): string {
  const { device, from, firewall, action, rule, index, result, passedOver, explanation } = hop;
  const who = [device, ...(firewall === undefined ? [] : [firewall]), 'of', from].join(' ');
  const by = [...(rule === undefined ? [] : [`"${rule}"`]), ...(index === undefined ? [] : [`#${index}`])];
  const flags = (['namesList', 'answers', 'isAstray', 'byName'] as const).filter((flag) => hop[flag]);
  const seen = [
    ...(result ? [`→ ${result}`] : []),
    ...(passedOver ? [`→ past ${passedOver}`] : []),
    ...flags,
    ...(hop.unknowing ? [hop.unknowing] : []),
    ...(hop.notJudged ?? []).map((one) => `or "${one}"`),
  ];
  // Which rule of a firewall fits, and in which words, is told beside `decide`; what it does not know stands behind.
  const [, ...unknown] = explanation.split('; ');
  const why = device.endsWith('firewall') ? unknown.map((one) => `: ${one}`).join('') : `: ${explanation}`;
  return `${[who, action, ...by, ...seen].join(' ')}${why}`;
}

/** The lines of a way, without firewalls that let everything pass. */
export function linesOf({ hops }: Way): string[] {
  return hops.filter(({ rule, notJudged }) => rule !== 'default allow' || notJudged).map(lineOf);
}
