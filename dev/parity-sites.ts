import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { internetHosts } from '../harness/engines/internet.js';
import { internetOf } from '../model/path/public-host.js';
import { anySite } from '../model/path/testing/sites.js';
import { cure } from '../model/repair/cure.js';
import { readSite } from '../model/site/read.js';
import type { Site } from '../model/site/schema.js';
import type { RunResults } from '../model/verdict/results.js';
import { type SiteVerdict, siteVerdicts } from './site-verdicts.js';

/** A site that both engines check. */
export interface ParitySite {
  name: string;
  site: Site;
  /** What has to be said of it, where that is known. */
  verdict?: SiteVerdict;
  /** Left out on containers, where a life takes seconds: that everything works is told by every control there. */
  onlyEmbedded?: true;
}

/**
 * Every site file, each of them once more with its requests granted, and as many sites as wanted that nobody
 * wrote. `canDo`: whether the engines can do a site; others are not drawn.
 */
export async function paritySites(
  folder: string,
  seed: number,
  drawn: number,
  canDo: (site: Site) => boolean = () => true,
): Promise<ParitySite[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  // Those of customers' files have folders of their own.
  const files = entries.map((one) => (one.isDirectory() ? `${one.name}/site.yaml` : one.name));
  const sites = files.filter((file) => file.endsWith('.yaml')).sort();
  const written = await Promise.all(sites.map((file) => siteIn(folder, file)));
  const cured = written.map(
    ({ name, site }): ParitySite => ({
      name: `${name}, cured`,
      site: cure(site, internetOf(internetHosts(site))).site,
      verdict: 'works',
      onlyEmbedded: true,
    }),
  );
  const random = fc
    .sample(anySite.map(withOneServer).filter(canDo), { seed, numRuns: drawn })
    .map((site, index) => ({ name: `random/${seed}/${index}`, site }));
  return [...written, ...cured, ...random];
}

async function siteIn(folder: string, file: string): Promise<ParitySite> {
  const name = file.replace(/(\/site)?\.yaml$/, '');
  const verdict = siteVerdicts[name];
  if (!verdict) throw new Error(`dev/site-verdicts.ts does not say what check must say of ${name}`);
  return { name: `sites/${name}`, site: await readSite(join(folder, file)), verdict };
}

/** A life is lived server after server: one of them says as much of the engines, in half the time. */
function withOneServer(site: Site): Site {
  const [first, ...others] = site.servers;
  const gone = new Set(others.map(({ name }) => name));
  const rules = site.firewall.rules.flatMap((rule) => {
    const from = [rule.from ?? []].flat().filter((name) => !gone.has(name));
    return rule.from === undefined ? [rule] : from.length > 0 ? [{ ...rule, from }] : [];
  });
  return { ...site, servers: first ? [first] : [], firewall: { ...site.firewall, rules } };
}

/** Why an engine's check of a site cannot be right, whatever the other one says; undefined: it can. */
export function wrongCheck({ verdict }: ParitySite, { check, requirements }: RunResults): string | undefined {
  if (
    check?.outcome === 'contradiction' ||
    check?.outcome === 'control-failed' ||
    check?.outcome === 'lab-failed'
  )
    return `${check.outcome}: ${check.differences.map(({ words }) => words).join('; ')}`;
  if (verdict === undefined) return undefined;
  const broken = requirements.filter((one) => one.verdict === 'broken').map(({ id }) => id);
  const [wanted, said] = [verdict === 'works' ? [] : verdict, broken].map((ids) =>
    [...ids].sort().join(', '),
  );
  if (wanted === said && (verdict === 'works') === (check?.outcome === 'works')) return undefined;
  return `${check?.outcome}, broken: ${said || 'nothing'}; right is ${wanted || 'that everything works'}`;
}
