import type { Environment } from '../../requirements/documented-host.js';
import type { Site } from '../schema.js';
import { PublishedList } from './published-list.js';
import { withMeanings } from './with-meanings.js';

/** Service tags and their networks. */
export type TagNetworks = Readonly<Record<string, readonly string[]>>;

/** Read once, however many sites mean it: its networks are many. By cloud and day. */
const read = new WeakMap<TagNetworks, Map<string, PublishedList>>();

/**
 * A site whose rules about real addresses mean what lists say, each of its day (`2025-07-28`): for scenarios,
 * whose sites name no files.
 * @throws WrongListError
 */
export function withServiceTags(site: Site, lists: Readonly<Record<string, TagNetworks>>): Site {
  const { environment } = site.cloud;
  return withMeanings(
    site,
    Object.entries(lists).map(([date, tags]) => listOf(tags, environment, date)),
  );
}

function listOf(tags: TagNetworks, environment: Environment, date: string): PublishedList {
  const known = read.get(tags) ?? new Map<string, PublishedList>();
  read.set(tags, known);
  const key = `${environment} ${date}`;
  const list = known.get(key) ?? PublishedList.of(publication(tags, environment), environment, date);
  known.set(key, list);
  return list;
}

function publication(tags: TagNetworks, environment: Environment) {
  const values = Object.entries(tags).map(([name, addressPrefixes]) => ({
    name,
    properties: { addressPrefixes },
  }));
  return { cloud: environment === 'public' ? 'Public' : 'AzureGovernment', values };
}
