/** What scenario files and people's own suites use. */
export type { LabEvent } from './evidence/event.js';
export { nobody } from './evidence/vocabulary.js';
export type { DocumentedHost } from './requirements/documented-host.js';
export { documentedHosts } from './requirements/documented-hosts.js';
export type { Change } from './scenario/change.js';
export * from './scenario/changes/index.js';
export {
  administrator,
  type Expectation,
  eventLog,
  network,
  portal,
  results,
  user,
} from './scenario/expectation.js';
export { type Scenario, type ScenarioSpec, scenario, scenarios } from './scenario/scenario.js';
export type { Step } from './scenario/step.js';
export { documentedSite } from './site/documented.js';
export { documentedFirewall } from './site/documented-firewall.js';
export type { Site, SiteInput } from './site/schema.js';
