import type { Passage } from '../path/passage.js';
import type { Internet } from '../path/public-host.js';
import { survey } from '../path/survey.js';
import { Walker } from '../path/walk.js';
import { placesInside } from '../repair/inside.js';
import { rowId } from '../requirements/documented-host.js';
import type { Site } from '../site/schema.js';
import type { NotJudged } from './check-results.js';
import { RuleSources } from './rule-sources.js';

/** Documented rows about which rules may have a say: whether they are open is not judged. */
export function notJudgedIn(site: Site, internet: Internet): NotJudged[] {
  const passages = survey(site, internet);
  const sources = new RuleSources(site);
  const found = new Map<string, NotJudged>();
  for (const passage of passages)
    for (const { device, notJudged: rules = [] } of passage.notJudged) {
      const { server, row } = passage.asking;
      const key = JSON.stringify([device, rules]);
      const known = found.get(key) ?? {
        ...{ device, rules, sources: sources.of(rules) },
        ...{ servers: [], targets: [], requirements: [] },
      };
      found.set(key, known);
      if (!known.servers.includes(server)) known.servers.push(server);
      if (!known.targets.some(({ host, port }) => host === row.rule && port === row.port))
        known.targets.push({ host: row.rule, port: row.port });
      for (const id of requirementsOf(passage, passages, site))
        if (!known.requirements.includes(id)) known.requirements.push(id);
    }
  for (const one of notJudgedInside(site, internet, sources)) found.set(JSON.stringify(one), one);
  return [...found.values()];
}

/** Places of the site's own, likewise. */
function notJudgedInside(site: Site, internet: Internet, sources: RuleSources): NotJudged[] {
  const walker = new Walker(site, internet);
  const found = new Map<string, NotJudged>();
  for (const { requirement, ...place } of placesInside(site))
    for (const { device, notJudged: rules } of walker.walk(place).hops) {
      if (!rules) continue;
      const key = JSON.stringify([device, rules]);
      const known = found.get(key) ?? {
        ...{ device, rules, sources: sources.of(rules) },
        ...{ servers: [], targets: [], requirements: [] },
      };
      found.set(key, known);
      if (!known.servers.includes(place.server)) known.servers.push(place.server);
      if (!known.targets.some(({ host, port }) => host === place.host && port === place.port))
        known.targets.push({ host: place.host, port: place.port });
      if (!known.requirements.includes(requirement)) known.requirements.push(requirement);
    }
  return [...found.values()];
}

function requirementsOf({ asking: { row } }: Passage, all: readonly Passage[], { cloud }: Site): string[] {
  const isSamePort = ({ asking }: Passage) => asking.row.port === row.port;
  const isOpen = all.some((one) => isSamePort(one) && one.notJudged.length === 0 && one.open !== 'none');
  const rows =
    cloud.environment === 'us-government' ? ['cloud/government-hosts'] : [rowId(row), `hosts/${row.group}`];
  return [...rows, ...(isOpen ? [] : [`ports/outbound-${row.port}`])];
}
