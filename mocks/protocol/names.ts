import type { Site } from '../../harness/site/schema.js';

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
  /** Assumed: the hosts of Private Access tunnels are not public, but lie below the service's suffix. */
  tunnel: string;
  namespace: string;
  gateways: readonly string[];
  data: readonly string[];
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
  const deployment = government ? 'prod-bn3-001' : 'prod-am3-005';
  return {
    authority: `login.microsoftonline.${online}`,
    olderAuthority: government ? 'login.windows.us' : 'login.windows.net',
    registration: `${tenant}.registration.${proxy}`,
    bootstrap: `${tenant}.bootstrap.${proxy}`,
    updates: `${tenant}.updater.${proxy}`,
    tunnel: `cwap-${government ? 'usva' : 'weur'}-1.tunnel.${proxy}`,
    renewal: `cwap-${government ? 'usva' : 'weur'}-1.renewtrust.${proxy}`,
    namespace: government ? `cwap-usgv1-usva2.${bus}` : `cwap-eur1-weur2.${bus}`,
    gateways: Array.from({ length: 12 }, (_, index) => `g${index}-${deployment}-sb.${bus}`),
    data: ['vm18', 'vm19'].map(
      (vm) => `${vm}-proxy-appproxy-${government ? 'usva' : 'neur'}-dub01p-3.connector.${proxy}`,
    ),
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
