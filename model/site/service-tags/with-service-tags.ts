import type { Site } from '../schema.js';
import { PublishedList } from './published-list.js';
import { withMeanings } from './with-meanings.js';

/** Service tags and their networks. */
export type TagNetworks = Readonly<Record<string, readonly string[]>>;

/**
 * A site whose rules about real addresses mean what lists say, each of its day (`2025-07-28`): for scenarios,
 * whose sites name no files.
 * @throws WrongListError
 */
export function withServiceTags(site: Site, lists: Readonly<Record<string, TagNetworks>>): Site {
  const { environment } = site.cloud;
  const cloud = environment === 'public' ? 'Public' : 'AzureGovernment';
  return withMeanings(
    site,
    Object.entries(lists).map(([date, tags]) => {
      const values = Object.entries(tags).map(([name, addressPrefixes]) => ({
        name,
        properties: { addressPrefixes },
      }));
      return PublishedList.of({ cloud, values }, environment, date);
    }),
  );
}
