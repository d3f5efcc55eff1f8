import { readPublishedList } from './published-list.js';

/** Service tags that rules of tests are about: of all the cloud, of a region, of a part; some of no documented host. */
export const someTags = [
  ...['AzureCloud', 'AzureCloud.westeurope', 'AzureCloud.NorthEurope', 'AzureCloud.eastus'],
  ...['ServiceBus', 'ServiceBus.WestEurope', 'ServiceBus.GermanyWestCentral', 'AzureActiveDirectory'],
  ...['AzureResourceManager', 'AzureFrontDoor.Frontend', 'Storage'],
] as const;

/** Networks as published lists, suppliers and whole providers have them. */
export const someRealNetworks = [
  ...['13.64.0.0/11', '13.69.0.0/17', '20.33.0.0/16', '20.74.0.0/15', '20.190.128.0/18', '52.169.0.0/16'],
  ...['20.190.0.0/15', '51.104.0.0-51.105.255.255'],
  ...['40.126.7.9', '128.0.0.0/1', '2603:1000::/24', '192.0.2.0/24'],
] as const;

/** A file of the published form, with so much in it as tests need; `tags` are lists of networks. */
export function publishedText(
  tags: Readonly<Record<string, readonly string[]>> = smallTags,
  more: Readonly<Record<string, unknown>> = {},
): string {
  const values = Object.entries(tags).map(([name, addressPrefixes]) => ({
    name,
    id: name,
    properties: { changeNumber: 1, region: '', platform: 'Azure', systemService: '', addressPrefixes },
  }));
  return JSON.stringify({ changeNumber: 364, cloud: 'Public', values, ...more }, undefined, 2);
}

/** Networks as in the list of 2025-07-28, few of each tag. */
const ofAzure = {
  'AzureCloud.westeurope': ['13.69.0.0/17', '20.33.0.0/16', '52.236.128.0/17', '2603:1020:200::/46'],
  'AzureCloud.northeurope': ['13.69.128.0/17', '20.50.64.0/20', '52.169.0.0/16'],
  'AzureCloud.centralfrance': ['20.74.0.0/17'],
  'AzureCloud.germanywc': ['20.79.64.0/20'],
  'AzureCloud.northcentralus': ['23.96.128.0/17'],
  'AzureCloud.australiaeast': ['13.70.64.0/18'],
  'AzureCloud.southeastasia': ['13.67.0.0/17'],
  'AzureCloud.centralindia': ['20.192.96.0/21'],
} as const;
const ofRelay = {
  'ServiceBus.WestEurope': ['13.69.64.64/29', '13.69.106.64/29', '20.33.8.0/24'],
  'ServiceBus.NorthEurope': ['13.69.227.64/29', '52.169.80.0/23'],
  'ServiceBus.FranceCentral': ['20.74.4.0/26'],
  'ServiceBus.GermanyWestCentral': ['20.79.65.0/25'],
} as const;
export const smallTags: Readonly<Record<string, readonly string[]>> = {
  ...ofAzure,
  ...ofRelay,
  AzureCloud: [...Object.values(ofAzure).flat(), '40.112.0.0/16', '20.190.128.0/19'],
  ServiceBus: Object.values(ofRelay).flat(),
  AzureActiveDirectory: ['20.190.128.0/18', '40.126.0.0/18'],
  AzureResourceManager: ['20.50.68.120/29', '40.112.7.0/24'],
  'AzureFrontDoor.Frontend': ['13.107.246.0/24', '150.171.27.0/24'],
  Storage: ['20.150.0.0/18'],
};

export const someList = readPublishedList(publishedText(), 'public', '2025-07-28');
