import type { Passage } from '../path/passage.js';
import type { Internet } from '../path/public-host.js';
import { survey } from '../path/survey.js';
import { Walker } from '../path/walk.js';
import type { Hop } from '../path/way.js';
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
    for (const hop of passage.notJudged) {
      const { server, row } = passage.asking;
      const target = { host: row.rule, port: row.port };
      note(found, sources, hop, { server, target, requirements: requirementsOf(passage, passages, site) });
    }
  return [...found.values(), ...notJudgedInside(site, internet, sources)];
}

/** Places of the site's own, likewise. */
function notJudgedInside(site: Site, internet: Internet, sources: RuleSources): NotJudged[] {
  const walker = new Walker(site, internet);
  const found = new Map<string, NotJudged>();
  for (const { requirement, ...place } of placesInside(site))
    for (const hop of walker.walk(place).hops) {
      const { server, host, port } = place;
      note(found, sources, hop, { server, target: { host, port }, requirements: [requirement] });
    }
  return [...found.values()];
}

/** What hangs on the rules of one hop that are not judged: each server, place and requirement once. */
function note(
  found: Map<string, NotJudged>,
  sources: RuleSources,
  { device, notJudged: rules }: Hop,
  {
    server,
    target,
    requirements,
  }: { server: string; target: NotJudged['targets'][number]; requirements: string[] },
): void {
  if (!rules) return;
  const key = JSON.stringify([device, rules]);
  const known = found.get(key) ?? {
    ...{ device, rules, sources: sources.of(rules) },
    ...{ servers: [], targets: [], requirements: [] },
  };
  found.set(key, known);
  if (!known.servers.includes(server)) known.servers.push(server);
  if (!known.targets.some(({ host, port }) => host === target.host && port === target.port))
    known.targets.push(target);
  for (const id of requirements) if (!known.requirements.includes(id)) known.requirements.push(id);
}

function requirementsOf({ asking: { row } }: Passage, all: readonly Passage[], { cloud }: Site): string[] {
  const isSamePort = ({ asking }: Passage) => asking.row.port === row.port;
  const isOpen = all.some((one) => isSamePort(one) && one.notJudged.length === 0 && one.open !== 'none');
  const rows =
    cloud.environment === 'us-government' ? ['cloud/government-hosts'] : [rowId(row), `hosts/${row.group}`];
  return [...rows, ...(isOpen ? [] : [`ports/outbound-${row.port}`])];
}
