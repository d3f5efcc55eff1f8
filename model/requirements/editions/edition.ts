import type { DocumentedHost } from '../documented-host.js';
import type { Page, Requirement } from '../requirement.js';

/** What one page said on a day. */
export interface Edition<Id extends string = string> {
  page: Page;
  /** Rows of its table of hosts, in the page's order. */
  hosts: readonly DocumentedHost[];
  requirements: readonly Requirement<Id>[];
}
