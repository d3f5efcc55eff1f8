import fc from 'fast-check';
import { internetHosts } from '../../../harness/engines/internet.js';
import { internetOf } from '../../../model/path/public-host.js';
import { isFree } from '../../../model/repair/stops.js';
import { completeSite } from '../../../model/site/complete.js';
import { crossCheck } from '../../../model/site/cross-check.js';
import type { Site } from '../../../model/site/schema.js';
import { notJudgedIn } from '../../../model/verdict/not-judged.js';
import { controlOf } from '../live.js';
import { firewalls, ownFirewalls } from './edges.js';
import { homes } from './homes.js';
import { inspections, lines, resolvers } from './lines.js';
import { accounts, machines, revocations, services } from './machines.js';
import type { Dimension, Draft, Trait } from './trait.js';
import { ways } from './ways.js';

/** In the order in which a site is put together: what connections leave by decides what the edge lets out. */
export const dimensions: readonly Dimension[] = [
  ...[homes, accounts, revocations, machines, ways, firewalls, ownFirewalls],
  ...[inspections, lines, resolvers, services],
];

/** A site in which everything works, as the oracle says. */
export interface Healthy {
  id: string;
  /** `edge: rejects the rest`, of each dimension that it has something of. */
  traits: readonly string[];
  site: Site;
}

/** Sites that differ in their traits, and those of them in which not everything works. */
export interface Drawn {
  healthy: readonly Healthy[];
  refused: readonly { traits: readonly string[]; why: 'cannot be' | 'does not work' }[];
}

/**
 * So many sites that differ in their traits, drawn with a seed, such that in each everything works: nothing
 * stops any flow that connectors need, and no rule is left unjudged. Those with the same control stand together.
 */
export function healthySites(count: number, seed: number): Drawn {
  const refused: Drawn['refused'][number][] = [];
  const healthy: Healthy[] = [];
  const seen = new Set<string>();
  for (const choice of drawnBy(seed)) {
    if (healthy.length >= count) break;
    const traits = choice.flatMap((one, at) => (one ? `${dimensions[at]?.name}: ${one.name}` : []));
    if (seen.has(traits.join('; '))) continue;
    seen.add(traits.join('; '));
    const site = siteOf(choice);
    const why = site === undefined ? 'cannot be' : isHealthy(site) ? undefined : 'does not work';
    if (site && !why) healthy.push({ id: `healthy/${seed}/${seen.size}`, traits, site });
    else if (why) refused.push({ traits, why });
  }
  const keyed = healthy.map((one) => ({ one, key: controlOf(one.site) }));
  return {
    healthy: keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ one }) => one),
    refused,
  };
}

type Choice = readonly (Trait | undefined)[];

/** More than are wanted, so that some can be refused. */
function* drawnBy(seed: number): Generator<Choice> {
  const choice: fc.Arbitrary<Choice> = fc.tuple(
    ...dimensions.map(({ traits, without }) =>
      fc.constantFrom<(Trait | undefined)[]>(...traits, ...Array<undefined>(without).fill(undefined)),
    ),
  );
  for (let at = 0; at < mostRounds; at++) yield* fc.sample(choice, { seed: seed + at, numRuns: inRound });
}
const [mostRounds, inRound] = [20, 100];

/** Undefined: two of the traits cannot be together. */
function siteOf(choice: Choice): Site | undefined {
  const draft: Draft = {
    site: {
      // One name for all, so that those with the same control can be lived in one lab.
      site: 'Healthy',
      servers: [{ name: 'app-proxy-01' }],
      applications: [
        {
          name: 'Intranet',
          external: 'https://intranet-contoso.msappproxy.net/',
          internal: 'http://intranet.contoso.test/',
        },
        {
          name: 'Wiki',
          external: 'https://wiki-contoso.msappproxy.net/',
          internal: 'https://wiki.contoso.test/',
        },
      ],
    },
    leaves: 'direct',
  };
  for (const one of choice) one?.make(draft);
  try {
    const site = completeSite(structuredClone(plain(draft)));
    return crossCheck(site).length === 0 ? site : undefined;
  } catch {
    return undefined;
  }
}

/** Without an edge of its own, one that lets out what the page asks for, from where it comes. */
function plain({ site, leaves }: Draft): Draft['site'] {
  if (site.firewall || site.firewalls) return site;
  const from = leaves === 'proxy' || leaves === 'parent-proxy' ? { from: leaves } : {};
  return { ...site, firewall: { default: 'drop', rules: [{ allow: 'documented', ...from }] } };
}

function isHealthy(site: Site): boolean {
  const internet = internetOf(internetHosts(site));
  return isFree(site, internet) && notJudgedIn(site, internet).length === 0;
}
