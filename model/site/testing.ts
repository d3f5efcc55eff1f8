import { parseSite } from './read.js';
import { SiteFileError } from './site-file-error.js';

/** What is said of a site file that is wrong. */
export function problem(text: string): string {
  try {
    parseSite(text, 'site.yaml');
  } catch (error) {
    if (error instanceof SiteFileError) return error.message;
    throw error;
  }
  return 'nothing';
}
