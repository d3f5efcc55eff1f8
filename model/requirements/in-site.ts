import type { Operation } from '../evidence/vocabulary.js';

/** What a site has to have for a requirement to be about it, and what one without it lacks, in words. */
export const siteShapes = {
  applications: 'the site publishes no application',
  'private-access': 'the site has no Private Access',
  'quick-access': 'the site has no Quick Access segments with resources',
  'access-applications': 'the site has no Private Access application with resources',
  'public-cloud': 'the site belongs to another cloud',
  'government-cloud': 'the site belongs to another cloud',
  'two-servers': 'the site has one server',
  exemptions: 'the site has no inspection with exempt hosts',
  proxy: 'the site has no proxy',
  kerberos: 'the site has no application with single sign-on by Kerberos',
  'closed-inbound': 'the site lets inbound connections in',
} as const;
export type SiteShape = keyof typeof siteShapes;

/** How the check of a site judges a requirement. */
export type InSite =
  /** Broken where something that stops a flow, or a setting, is charged to it; else it holds. */
  | { by: 'stops'; where?: SiteShape }
  /** Holds where every server did the operation. */
  | { by: 'life'; operation: Operation }
  /** A site file does not speak of it, and this is why. */
  | { by: 'nothing'; why: string };
