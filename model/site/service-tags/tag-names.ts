import { nearest } from '../../requirements/nearest.js';

/** Names of Microsoft's published lists, as they were from 2019 to 2026 (connector-facts 4.6); for sites that bring none along. */

/** Services that have a tag; most of them one for each region too. */
const services = [
  ...['ActionGroup', 'ApiManagement', 'AppConfiguration', 'AppService', 'AppServiceManagement'],
  ...['ApplicationInsightsAvailability', 'AutonomousDevelopmentPlatform', 'AzureActiveDirectory'],
  ...['AzureActiveDirectoryDomainServices', 'AzureAdvancedThreatProtection', 'AzureArcInfrastructure'],
  ...['AzureAttestation', 'AzureBackup', 'AzureBotService', 'AzureCloud', 'AzureCognitiveSearch'],
  ...['AzureConnectors', 'AzureContainerRegistry', 'AzureCosmosDB', 'AzureDataExplorerManagement'],
  ...['AzureDataLake', 'AzureDatabricks', 'AzureDevOps', 'AzureDevSpaces', 'AzureDeviceUpdate'],
  ...['AzureDigitalTwins', 'AzureEventGrid', 'AzureHealthcareAPIs', 'AzureInformationProtection'],
  ...['AzureIoTHub', 'AzureKeyVault', 'AzureLoadTestingInstanceManagement', 'AzureMachineLearning'],
  ...['AzureMachineLearningInference', 'AzureManagedGrafana', 'AzureMonitor', 'AzureMonitorForSAP'],
  ...['AzureOpenDatasets', 'AzurePortal', 'AzureResourceManager', 'AzureSecurityCenter', 'AzureSentinel'],
  ...['AzureSignalR', 'AzureSiteRecovery', 'AzureSphere', 'AzureSpringCloud', 'AzureStack'],
  ...['AzureTrafficManager', 'AzureUpdateDelivery', 'AzureWebPubSub', 'BatchNodeManagement', 'ChaosStudio'],
  ...['CognitiveServicesFrontend', 'CognitiveServicesManagement', 'DataFactory', 'DataFactoryManagement'],
  ...['Dynamics365BusinessCentral', 'Dynamics365ForMarketingEmail', 'EOPExternalPublishedIPs', 'EventHub'],
  ...['GatewayManager', 'Grafana', 'GuestAndHybridManagement', 'HDInsight', 'KustoAnalytics', 'LogicApps'],
  ...['LogicAppsManagement', 'M365ManagementActivityApi', 'M365ManagementActivityApiWebhook', 'Marketplace'],
  ...['MicrosoftAzureFluidRelay', 'MicrosoftCloudAppSecurity', 'MicrosoftContainerRegistry'],
  ...['MicrosoftDefenderForEndpoint', 'MicrosoftPurviewPolicyDistribution', 'OneDsCollector', 'PowerBI'],
  ...['PowerPlatformInfra', 'PowerPlatformPlex', 'PowerQueryOnline', 'SCCservice', 'Scuba'],
  ...['SecurityCopilot', 'SerialConsole', 'ServiceBus', 'ServiceFabric', 'Sql', 'SqlManagement', 'Storage'],
  ...['StorageMover', 'StorageSyncService', 'VideoIndexer', 'WindowsAdminCenter', 'WindowsVirtualDesktop'],
];

/** Tags of a part of a service that is no region; AzureFrontDoor has only these. */
const parts = [
  ...['AzureFrontDoor.Frontend', 'AzureFrontDoor.Backend', 'AzureFrontDoor.FirstParty'],
  ...['AzureFrontDoor.MicrosoftSecurity', 'AzureActiveDirectory.ServiceEndpoint', 'AzureMonitor.Core'],
];

/** As AzureCloud calls them, where it does so by other names than all the others. */
const cloudRegions: Readonly<Record<string, string>> = {
  brazilse: 'BrazilSoutheast',
  brazilne: 'BrazilNortheast',
  centralfrance: 'FranceCentral',
  chilec: 'ChileCentral',
  germanyn: 'GermanyNorth',
  germanywc: 'GermanyWestCentral',
  northeurope2: 'NorthEurope2',
  norwaye: 'NorwayEast',
  norwayw: 'NorwayWest',
  southfrance: 'FranceSouth',
  switzerlandn: 'SwitzerlandNorth',
  switzerlandw: 'SwitzerlandWest',
  usstagec: 'SouthCentralUSSTG',
  usstagee: 'EastUSSTG',
};

const regions = [
  ...['AustraliaCentral', 'AustraliaCentral2', 'AustraliaEast', 'AustraliaSoutheast', 'AustriaEast'],
  ...['BrazilSouth', 'CanadaCentral', 'CanadaEast', 'CentralIndia', 'CentralUS', 'CentralUSEUAP'],
  ...['EastAsia', 'EastUS', 'EastUS2', 'EastUS2EUAP', 'EastUS2Stage', 'IndonesiaCentral', 'IsraelCentral'],
  ...['IsraelNorthwest', 'ItalyNorth', 'JapanEast', 'JapanWest', 'JioIndiaCentral', 'JioIndiaWest'],
  ...['KoreaCentral', 'KoreaSouth', 'MalaysiaSouth', 'MalaysiaWest', 'MexicoCentral', 'NewZealandNorth'],
  ...['NorthCentralUS', 'NorthCentralUSStage', 'NorthEurope', 'PolandCentral', 'QatarCentral'],
  ...['SouthAfricaNorth', 'SouthAfricaWest', 'SouthCentralUS', 'SouthCentralUS2', 'SouthIndia'],
  ...['SoutheastAsia', 'SoutheastUS', 'SpainCentral', 'SwedenCentral', 'SwedenSouth', 'TaiwanNorth'],
  ...['TaiwanNorthwest', 'UAECentral', 'UAENorth', 'UKSouth', 'UKWest', 'WestCentralUS', 'WestEurope'],
  ...['WestIndia', 'WestUS', 'WestUS2', 'WestUS3', 'USDoDCentral', 'USDoDEast', 'USGovArizona'],
  ...['USGovTexas', 'USGovVirginia', ...Object.values(cloudRegions)],
];

const whole = new Set(services);
const lowerServices = new Set(services.map((name) => name.toLowerCase()));
const lowerParts = new Set(parts.map((name) => name.toLowerCase()));
const lowerRegions = new Set([...regions, ...Object.keys(cloudRegions)].map((name) => name.toLowerCase()));

/** A tag's service and its region or part, in lower case; a region by the name that most services use. */
export function partsOfTag(tag: string): { service: string; part: string | undefined } {
  const [service = '', part] = tag.toLowerCase().split('.');
  return { service, part: part === undefined ? undefined : (cloudRegions[part]?.toLowerCase() ?? part) };
}

/** Whether a text is the name of a service tag. Regions and parts are written in capitals or not, as people do. */
export function isServiceTag(text: string): boolean {
  const [service = '', part, ...rest] = text.toLowerCase().split('.');
  if (part === undefined) return whole.has(text);
  const isRegional = lowerServices.has(service) && lowerRegions.has(part);
  return rest.length === 0 && (isRegional || lowerParts.has(`${service}.${part}`));
}

/** Whether a text is written as service tags are, and no host is: nearly one, where it is none. */
export function looksLikeServiceTag(text: string): boolean {
  if (/^[A-Z][A-Za-z\d]+$/.test(text)) return true;
  const [service = '', part = ''] = /^[A-Z][A-Za-z\d]+\.[A-Za-z\d]+$/.test(text) ? partsOf(text) : [];
  const isService = lowerServices.has(service) || service === 'azurefrontdoor' || service === 'appproxy';
  return isService || lowerRegions.has(part) || [...lowerParts].some((one) => partsOf(one)[1] === part);
}

function partsOf(text: string): string[] {
  return text.toLowerCase().split('.');
}

/** Names that are asked for and were never in any list, and what is meant. */
const neverWere: readonly [RegExp, string][] = [
  [
    /^(AzureAD)?App(lication)?Proxy\b|^GlobalSecureAccess/i,
    'the service has none of its own: its hosts are in AzureCloud, its relay in ServiceBus, sign-in in AzureActiveDirectory',
  ],
  [/^AzureFrontDoor$/i, 'there are AzureFrontDoor.Frontend, .Backend, .FirstParty and .MicrosoftSecurity'],
  [/^AzureAD$/i, 'did you mean "AzureActiveDirectory"?'],
  [/^Azure$/i, 'did you mean "AzureCloud"?'],
  [/^Internet$/i, 'did you mean "any"? No list has the internet itself'],
  [/^VirtualNetwork$/i, 'what a virtual network has no list says; write its networks'],
];

/** Why a text is no service tag, with the nearest that is one. `names`: those of a list at hand, with theirs. */
export function unknownTag(text: string, others: readonly string[], names?: readonly string[]): string {
  const never = neverWere.find(([pattern]) => pattern.test(text))?.[1];
  const near = never === undefined ? nearestTag(text, others, names) : undefined;
  const meant =
    never ??
    (near && `did you mean "${near}"?`) ??
    'the usual ones are AzureCloud, ServiceBus and AzureActiveDirectory';
  return `no service tag is called "${text}"; ${meant}`;
}

/** The name of a tag that is closest to a text, if any is close enough to be meant. */
export function nearestTag(text: string, others: readonly string[] = [], names?: readonly string[]) {
  if (names) return nearest(text, [...names, ...others]);
  const [service = '', part] = text.split('.');
  if (part === undefined) return nearest(text, [...services, ...others]);
  const ofParts = nearest(text, parts);
  const [known, region] = [nearest(service, services), nearest(part, regions)];
  return ofParts ?? (known && region ? `${known}.${region}` : known);
}
