import { completeSite } from './complete.js';
import type { Site, SiteInput } from './schema.js';

/** One server, and everything as the page says; `input` says what is different. */
export function documentedSite(input: Partial<SiteInput> = {}): Site {
  return completeSite({ site: 'As documented', ...input });
}
