import wrap from 'wrap-ansi';
import { editionFor, publicEditions } from '../../model/requirements/editions/index.js';
import { type Site, windowsVersions } from '../../model/site/schema.js';
import { isAtLeast } from '../../model/site/version.js';
import type { RunResults } from '../../model/verdict/results.js';

/** What the newest page says otherwise than the one by which a site was judged, where it matters for it. */
export interface NewerEdition {
  /** Date of the newest page. */
  date: string;
  /** Ids of requirements that are broken here, and that it does not have any more. */
  noLongerAsked: string[];
  /** What servers lack of it, in words. */
  lacking: string[];
}

/** Nothing, where the newest page would be as content with the site as the older one. */
export function newerEditionFor(
  site: Site,
  results: Pick<RunResults, 'requirements'>,
): NewerEdition | undefined {
  const newest = publicEditions.at(-1);
  // The government's list stands on a page of its own, of which one edition is known.
  if (!newest || newest === editionFor(site) || site.cloud.environment !== 'public') return undefined;
  const asked = new Set(newest.requirements.map(({ id }) => id));
  const { windows, dotnet } = newest.prerequisites;
  const order: readonly string[] = windowsVersions;
  const isOld = (version: string) => order.indexOf(version) < order.indexOf(windows);
  const found = {
    date: newest.page.date,
    noLongerAsked: results.requirements
      .filter(({ id, verdict, hidden }) => verdict === 'broken' && !hidden && !asked.has(id))
      .map(({ id }) => id),
    lacking: site.servers.flatMap((server) => [
      ...(isOld(server.windows) ? [`${server.name} runs ${server.windows}, and it asks for ${windows}`] : []),
      ...(isAtLeast(server.dotnet, dotnet)
        ? []
        : [`${server.name} has .NET Framework ${server.dotnet}, and it asks for ${dotnet}`]),
    ]),
  };
  return found.noLongerAsked.length + found.lacking.length > 0 ? found : undefined;
}

export function newerEditionInWords({ date, noLongerAsked, lacking }: NewerEdition): string[] {
  return [
    ...wrap(
      `The page of ${date} is newer than the one by which this site is judged (--edition ${date} judges by it):`,
      80,
    ).split('\n'),
    ...noLongerAsked.map((id) => `  it no longer has ${id}`),
    ...lacking.map((words) => `  ${words}`),
    '',
  ];
}
