import { documentedFirewall } from './documented-firewall.js';
import { withDocumentedRows } from './documented-rows.js';
import { wordsFor } from './issue-words.js';
import { withOrigins } from './origins.js';
import { pathInWords } from './path-words.js';
import { type Site, type SiteInput, siteSchema } from './schema.js';
import { SiteFileError } from './site-file-error.js';

/**
 * A site with nothing left open: what is not said is as documented. Without a `firewall`, the edge
 * drops everything but the rows of the requirements page; those also stand where `documented` did.
 * @throws SiteFileError, which names the site in place of a file
 */
export function completeSite(input: SiteInput): Site {
  const { data: site, error } = siteSchema.safeParse(input);
  if (!site) {
    const problems = error.issues.flatMap((issue) => wordsFor(issue, input));
    throw new SiteFileError(
      `site "${input.site}"`,
      problems.map(({ path, message }) => ({ path: pathInWords(path), message })),
    );
  }
  return withDocumentedRows(
    withOrigins(
      input.firewall ? site : { ...site, firewall: documentedFirewall(site.cloud.environment, site.edition) },
    ),
  );
}
