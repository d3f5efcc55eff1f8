import type { Region } from '../../model/site/cloud-schema.js';
import type { Site } from '../../model/site/schema.js';

/** A namespace of the relay, and where its requests are met (connector-facts 2.5). */
export interface RelayNamespace {
  /** `cwap-eur1-weur2.servicebus.windows.net` */
  host: string;
  /** The cloud service that the namespace is an alias of: `ns-sb2-prod-am3-005.cloudapp.net`. */
  cloudService: string;
  /** Those of its gateways that are live: of 256 possible names, a few. */
  gateways: readonly string[];
}

/** Host names of the service, as a connector of this tenant and cloud uses them (connector-facts 1.1). */
export interface ServiceNames {
  authority: string;
  /** The authority's older name, asked for its aliases. */
  olderAuthority: string;
  registration: string;
  bootstrap: string;
  /** Assumed: the modern updater's host is not public, but lies below the service's suffix. */
  updates: string;
  renewal: string;
  administration: string;
  /** Assumed: the hosts of Private Access tunnels are not public, but lie below the service's suffix. */
  tunnel: string;
  /** Assumed: where users' computers ask for private resources. Connectors never do. */
  privateAccess: string;
  /** The relay's namespaces that bootstrap names, nearest first. */
  namespaces: readonly RelayNamespace[];
  /** The tenant's own namespace, for hybrid connections. */
  hybridNamespace: RelayNamespace;
  data: readonly string[];
  /** Data hosts of every region of the service, those of the tenant's own among them. */
  dataIn: Readonly<Record<Region, readonly string[]>>;
  secondFactor: string;
  deviceRegistration: string;
  directory: string;
  policyKey: string;
  /** An administrator's hosts; connectors ask neither, so the requirements page lists neither. */
  graph: string;
  portal: string;
  rootList: string;
  pkiops: string;
  /** Hosts that the sign-in page takes its parts from, with the part. */
  signInParts: readonly { host: string; path: string; kind: 'script' | 'style' | 'picture' }[];
}

export function serviceNames(site: Site): ServiceNames {
  const tenant = site.tenant.id;
  const government = site.cloud.environment === 'us-government';
  const proxy = government ? 'msappproxy.us' : 'msappproxy.net';
  const bus = government ? 'servicebus.usgovcloudapi.net' : 'servicebus.windows.net';
  const online = government ? 'us' : 'com';
  const data = dataHosts(government, proxy);
  return {
    authority: `login.microsoftonline.${online}`,
    olderAuthority: government ? 'login.windows.us' : 'login.windows.net',
    registration: `${tenant}.registration.${proxy}`,
    bootstrap: `${tenant}.bootstrap.${proxy}`,
    updates: `${tenant}.updater.${proxy}`,
    administration: `${tenant}.admin.${proxy}`,
    tunnel: `cwap-${government ? 'usva' : 'weur'}-1.tunnel.${proxy}`,
    privateAccess: `${tenant}.private.globalsecureaccess.microsoft.${online}`,
    renewal: `cwap-${government ? 'usva' : 'weur'}-1.renewtrust.${proxy}`,
    namespaces: (government ? governmentRelays : publicRelays)
      .slice(0, site.cloud.namespaces)
      .map(([name, deployment], index) => relayNamespace(`${name}.${bus}`, deployment, index)),
    hybridNamespace: relayNamespace(
      `${labelOf(site.tenant.domain)}.${bus}`,
      (government ? governmentRelays : publicRelays)[0][1],
      0,
    ),
    data: data[site.cloud.region],
    dataIn: data,
    secondFactor: 'pfd.phonefactor.net',
    deviceRegistration: 'enterpriseregistration.windows.net',
    directory: 'management.azure.com',
    policyKey: 'policykeyservice.dc.ad.msft.net',
    graph: `graph.microsoft.${online}`,
    portal: `entra.microsoft.${online}`,
    rootList: government ? 'ctldl.windowsupdate.us' : 'ctldl.windowsupdate.com',
    pkiops: government ? 'www.microsoft.us' : 'www.microsoft.com',
    signInParts: [
      {
        host: 'secure.aadcdn.microsoftonline-p.com',
        path: '/ests/2.1/content/cdnbundles/login.css',
        kind: 'style',
      },
      {
        host: `secure.stage.microsoftonline-p.${online}`,
        path: '/ests/2.1/content/cdnbundles/converged.css',
        kind: 'style',
      },
      { host: 'aadcdn.msauth.net', path: '/shared/1.0/content/js/BssoInterrupt_Core.js', kind: 'script' },
      { host: 'aadcdn.msftauth.net', path: '/shared/1.0/content/js/ConvergedLogin_PCore.js', kind: 'script' },
      { host: 'az416426.vo.msecnd.net', path: '/scripts/a/ai.0.js', kind: 'script' },
      { host: 'aadcdn.msauthimages.net', path: '/tenant/bannerlogo', kind: 'picture' },
      { host: 'aadcdn.msftauthimages.net', path: '/tenant/illustration', kind: 'picture' },
    ],
  };
}

/**
 * Namespaces and their deployments. Names of the public cloud as captured (connector-facts 1.4); which
 * deployment each is in, and the government's names, are assumed.
 */
const publicRelays = [
  ['cwap-eur1-weur2', 'prod-am3-005'],
  ['cwap-eur1-neur2', 'prod-db3-009'],
  ['cwap-eur1-frc2', 'prod-par-002'],
  ['cwap-eur1-dwc2', 'prod-dwc-001'],
] as const;
const governmentRelays = [
  ['cwap-usgv1-usva2', 'prod-bn3-001'],
  ['cwap-usgv1-ustx2', 'prod-sn3-014'],
  ['cwap-usgv1-usaz2', 'prod-phx-003'],
  ['cwap-usgv1-usia2', 'prod-dm2-006'],
] as const;

/** Which of the numbers 0 to 127 are live is assumed: what counts is that most are not. */
const liveGateways = ['g3', 'g10', 'g41', 'g77', 'gv11', 'gv90'];

function relayNamespace(host: string, deployment: string, index: number): RelayNamespace {
  return {
    host,
    cloudService: `ns-sb2-${deployment}.cloudapp.net`,
    gateways: liveGateways.map((gateway) => {
      const [, kind, number] = /^(gv?)(\d+)$/.exec(gateway) ?? [];
      return `${kind}${(Number(number) + 5 * index) % 128}-${deployment}-sb.${host.slice(host.indexOf('.') + 1)}`;
    }),
  };
}

/** A domain's first label, as a host name can have it. */
function labelOf(domain: string): string {
  return (
    domain
      .toLowerCase()
      .split('.')[0]
      ?.replace(/[^a-z0-9-]/g, '') || 'tenant'
  );
}

/**
 * Data hosts by region. The one of `eur` is as captured; the other regions' abbreviations are assumed.
 * The government's cloud is one region.
 */
function dataHosts(government: boolean, proxy: string): Record<Region, readonly string[]> {
  const places = { nam: 'ncus', eur: 'neur', aus: 'aue', asia: 'sea', ind: 'cin' };
  const hosts = Object.entries(places).map(([region, place]) => [
    region,
    ['vm18', 'vm19'].map(
      (vm) => `${vm}-proxy-appproxy-${government ? 'usva' : place}-dub01p-3.connector.${proxy}`,
    ),
  ]);
  return Object.fromEntries(hosts) as Record<Region, readonly string[]>;
}
