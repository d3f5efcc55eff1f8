import type { DocumentedHost } from '../documented-host.js';
import type { Page, Requirement } from '../requirement.js';

/** What one page said on a day. */
export interface Edition<Id extends string = string> {
  page: Page;
  /** The least that it asks of a server: `server-2016`, `4.7.2`. */
  prerequisites: { windows: string; dotnet: string };
  /** Rows of its table of hosts, in the page's order. */
  hosts: readonly DocumentedHost[];
  requirements: readonly Requirement<Id>[];
}
