import { dirname, resolve } from 'node:path';
import type { Environment } from '../../requirements/documented-host.js';
import type { Placed } from '../placed.js';
import { readText, UnreadableError } from '../read-text.js';
import { type PublishedList, readPublishedList, WrongListError } from './published-list.js';
import { RealRules } from './real-rule.js';
import type { NamedList } from './schema.js';

/** The lists that a site names, and what is wrong with those that are none. */
export interface ReadLists {
  lists: PublishedList[];
  problems: Placed[];
}

/** The published one has 4 MiB. */
const kind = { is: 'a list of service tags', ending: '.json', most: 32 };

/** Reads the lists that a site file names, by paths from its own folder. */
export async function readLists(
  named: readonly NamedList[],
  siteFile: string,
  environment: Environment,
): Promise<ReadLists> {
  const read: ReadLists = { lists: [], problems: [] };
  for (const [index, { file, date }] of named.entries())
    try {
      const text = await readText(resolve(dirname(siteFile), file), kind);
      const list = readPublishedList(text, environment, date);
      // Reads the ranges on which all else rests.
      if (new RealRules([list], list, environment).homes.length === 0)
        throw new WrongListError(
          'has none of the tags in which documented hosts are (AzureCloud, ServiceBus, AzureActiveDirectory)',
        );
      read.lists.push(list);
    } catch (error) {
      if (!(error instanceof UnreadableError || error instanceof WrongListError)) throw error;
      const path = named.length > 1 ? ['service-tags', index] : ['service-tags'];
      read.problems.push({ path, message: `${file}: ${error.message}` });
    }
  return read;
}
