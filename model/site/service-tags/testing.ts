/** Service tags that rules of tests are about: of all the cloud, of a region, of a part; some of no documented host. */
export const someTags = [
  ...['AzureCloud', 'AzureCloud.westeurope', 'AzureCloud.NorthEurope', 'AzureCloud.eastus'],
  ...['ServiceBus', 'ServiceBus.WestEurope', 'ServiceBus.GermanyWestCentral', 'AzureActiveDirectory'],
  ...['AzureResourceManager', 'AzureFrontDoor.Frontend', 'Storage'],
] as const;

/** Networks as published lists, suppliers and whole providers have them. */
export const someRealNetworks = [
  ...['13.64.0.0/11', '20.33.0.0/16', '20.190.128.0/18', '52.187.0.0/17', '51.104.0.0-51.105.255.255'],
  ...['40.126.7.9', '128.0.0.0/1', '2603:1000::/24', '192.0.2.0/24'],
] as const;
