/** What scenario files and people's own suites use. */
export type { LabEvent } from '../model/evidence/event.js';
export { nobody } from '../model/evidence/vocabulary.js';
export type { RequirementId } from '../model/requirements/catalogue.js';
export type { DocumentedHost } from '../model/requirements/documented-host.js';
export { documentedHosts } from '../model/requirements/documented-hosts.js';
export { agesOfLists, missingFromOldLists, staleLists } from '../model/requirements/stale-lists.js';
export type { Change } from '../model/scenario/change.js';
export * from '../model/scenario/changes/index.js';
export {
  administrator,
  type Expectation,
  eventLog,
  network,
  portal,
  user,
} from '../model/scenario/expectation.js';
export { type ResultExpectation, results, type Where } from '../model/scenario/result-expectation.js';
export { type Scenario, type ScenarioSpec, scenario, scenarios } from '../model/scenario/scenario.js';
export { type Step, steps } from '../model/scenario/step.js';
export { documentedSite } from '../model/site/documented.js';
export { documentedFirewall } from '../model/site/documented-firewall.js';
export type { Site, SiteInput } from '../model/site/schema.js';
export { type TagNetworks, withServiceTags } from '../model/site/service-tags/with-service-tags.js';
