import type { LabEvent } from '../evidence/event.js';
import type { Operation } from '../evidence/vocabulary.js';
import { privatePlaces } from '../repair/inside.js';
import { catalogueFor } from '../requirements/catalogue.js';
import { type InSite, type SiteShape, siteShapes } from '../requirements/in-site.js';
import type { Site } from '../site/schema.js';
import type { CheckResults } from './check-results.js';
import { verdictOn } from './coverage.js';
import { shownBy } from './requirements-of.js';
import type { RequirementResults } from './results.js';

export interface CheckedSite {
  site: Site;
  events: readonly LabEvent[];
  check: CheckResults;
}

/** The verdict on every requirement for one site: by what is charged to it, or why the site cannot show it. */
export function requirementsInSite({ site, events, check }: CheckedSite): RequirementResults[] {
  const change = events.filter(({ phase }) => phase === 'change');
  const charged = new Set(
    [...check.requests, ...check.incurable].flatMap(({ requirements }) => requirements),
  );
  const shown = shownBy(change, site);
  const isJudged = check.outcome !== 'control-failed' && check.outcome !== 'lab-failed';
  return catalogueFor(site).map((requirement) => {
    const { id, inSite } = requirement;
    if (!isJudged) return { ...verdictOn(requirement, 'unproven', []), why: 'the lab itself failed' };
    if (charged.has(id)) return verdictOn(requirement, 'broken', ['check']);
    const why = notJudged(id, check) ?? whyUnproven(inSite, site, change);
    if (why !== undefined) return { ...verdictOn(requirement, 'unproven', []), why };
    // Where the run did not come so far, the walk through the site's devices says it.
    return verdictOn(requirement, 'holds', [shown.has(id) ? 'check' : 'walk']);
  });
}

function notJudged(id: string, check: CheckResults): string | undefined {
  const rules = check.notJudged.filter(({ requirements }) => requirements.includes(id));
  const names = [...new Set(rules.flatMap((one) => one.rules))];
  return names.length === 0
    ? undefined
    : `not judged: rules that may or may not be about it ("${names.join('", "')}")`;
}

function whyUnproven(inSite: InSite, site: Site, change: readonly LabEvent[]): string | undefined {
  switch (inSite.by) {
    case 'nothing':
      return inSite.why;
    case 'life':
      return site.servers.every(({ name }) => didEverything(name, inSite.operation, change))
        ? undefined
        : `not every server could ${inSite.operation} in this run`;
    case 'stops':
      return inSite.where === undefined || has[inSite.where](site) ? undefined : siteShapes[inSite.where];
  }
}

function didEverything(server: string, operation: Operation, change: readonly LabEvent[]): boolean {
  return change.some(
    (event) =>
      event.kind === 'operation' &&
      event.machine === server &&
      event.operation === operation &&
      event.outcome === 'ok',
  );
}

const has: Record<SiteShape, (site: Site) => boolean> = {
  applications: ({ applications }) => applications.length > 0,
  'private-access': (site) => site['private-access'] !== undefined,
  'quick-access': (site) => privatePlaces(site).some(({ owner }) => owner.name === 'Quick Access'),
  'access-applications': (site) => privatePlaces(site).some(({ owner }) => owner.name !== 'Quick Access'),
  'public-cloud': ({ cloud }) => cloud.environment === 'public',
  'government-cloud': ({ cloud }) => cloud.environment === 'us-government',
  'two-servers': ({ servers }) => servers.length > 1,
  exemptions: ({ inspection }) => (inspection?.except.length ?? 0) > 0,
  proxy: ({ proxy, pac, wpad }) => [proxy, pac, wpad].some((one) => one !== undefined),
  kerberos: ({ applications }) => applications.some((one) => one['single-sign-on'] === 'kerberos'),
  'closed-inbound': ({ firewall }) => firewall.inbound === 'drop',
};
