import type { Environment } from '../../requirements/documented-host.js';

/** Addresses of the lab's cloud that belong together, and which addresses of the real one they stand for. */
export interface CloudPlace {
  /** In 198.18.64.0/18; hosts have them in order. */
  first: string;
  last: string;
  /**
   * The service tag in whose ranges the real hosts are; the region is the one that the names of its hosts
   * or of their aliases tell, as `weur` and `neur` do. Absent: it is not known.
   */
  tag?: Readonly<Record<Environment, string>>;
  /** Services in whose ranges they may be without anybody saying so. */
  perhaps?: readonly string[];
  /** Day of the list that has it first, where older ones do not. */
  since?: string;
}

/** Days of the lab's own lists: all of them have the same tags, the newest has one range more. */
export const labLists = { oldest: '2023-07-31', newest: '2023-08-07' } as const;

/** The government's service is in one region as far as names tell. */
const governmentRegion = 'usgovvirginia';

/** Every place of the cloud (connector-facts 4.6). A block of a mock service is one of them. */
export const cloudPlaces = {
  'sign-in': place(64, [1, 254], tagOf('AzureActiveDirectory')),
  content: { ...place(65, [1, 254]), perhaps: ['AzureFrontDoor', 'AzureCloud'] },
  'relay-0': place(66, [1, 63], tagOf('ServiceBus.WestEurope', 'ServiceBus.USGovVirginia')),
  'relay-1': place(66, [64, 127], tagOf('ServiceBus.NorthEurope', 'ServiceBus.USGovTexas')),
  'relay-2': place(66, [128, 191], tagOf('ServiceBus.FranceCentral', 'ServiceBus.USGovArizona')),
  'relay-3': place(66, [192, 254], tagOf('ServiceBus.GermanyWestCentral', 'ServiceBus')),
  'connector-service': place(67, [1, 99], inRegion('westeurope')),
  'connector-data-eur': place(67, [100, 119], inRegion('northeurope')),
  'connector-data-nam': place(67, [120, 139], inRegion('northcentralus')),
  'connector-data-aus': place(67, [140, 159], inRegion('australiaeast')),
  'connector-data-asia': place(67, [160, 179], inRegion('southeastasia')),
  'connector-data-ind': place(67, [180, 199], inRegion('centralindia')),
  'connector-administration': place(67, [200, 254], inRegion('westeurope')),
  'resource-manager': place(68, [1, 254], tagOf('AzureResourceManager')),
  /** Certificate authorities, and Microsoft's own pages: most are at networks of others. */
  authorities: { ...place(69, [1, 254]), perhaps: ['AzureFrontDoor', 'AzureUpdateDelivery'] },
  /** Where hosts have moved to, and the service's second region. */
  moved: { ...place(70, [1, 254], inRegion('northeurope')), since: labLists.newest },
  nearer: place(71, [1, 254], inRegion('northeurope')),
} as const satisfies Record<string, CloudPlace>;

export type CloudPlaceName = keyof typeof cloudPlaces;

function place(third: number, [first, last]: readonly [number, number], tag?: CloudPlace['tag']): CloudPlace {
  return { first: `198.18.${third}.${first}`, last: `198.18.${third}.${last}`, ...(tag && { tag }) };
}

function inRegion(name: string): NonNullable<CloudPlace['tag']> {
  return tagOf(`AzureCloud.${name}`, `AzureCloud.${governmentRegion}`);
}

function tagOf(name: string, government = name): NonNullable<CloudPlace['tag']> {
  return { public: name, 'us-government': government };
}
