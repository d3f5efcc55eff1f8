import type { ProbedNames } from './endpoints.js';
import { revocationHosts } from './lab-names.js';

/**
 * Hosts of the public cloud. Those of the page are certain; others somebody has seen at a connector
 * (connector-facts 1.1 and the open questions behind it), and no page has them.
 * `tenant`: its id; hosts of a tenant nobody knows are left out.
 */
export function realNames(tenant?: string): ProbedNames {
  const renewal = 'cwap-weur-1.renewtrust.msappproxy.net';
  const updates = 'connector-update.msappproxy.net';
  const secondFactor = 'pfd.phonefactor.net';
  const policyKey = 'policykeyservice.dc.ad.msft.net';
  const part = 'az416426.vo.msecnd.net';
  return {
    ...(tenant !== undefined && {
      registration: `${tenant}.registration.msappproxy.net`,
      bootstrap: `${tenant}.bootstrap.msappproxy.net`,
    }),
    ...{ renewal, updates, secondFactor, policyKey },
    authority: 'login.microsoftonline.com',
    olderAuthority: 'login.windows.net',
    deviceRegistration: 'enterpriseregistration.windows.net',
    directory: 'management.azure.com',
    rootList: 'ctldl.windowsupdate.com',
    pkiops: 'www.microsoft.com',
    namespaces,
    data: [],
    signInParts: [
      'secure.aadcdn.microsoftonline-p.com',
      'aadcdn.msauth.net',
      'aadcdn.msftauth.net',
      'aadcdn.msauthimages.net',
      'aadcdn.msftauthimages.net',
      part,
    ],
    revocation: revocationHosts('public'),
    assumed: new Set([renewal, updates, secondFactor, policyKey, part, ...namespaces]),
  };
}

/** One or two of each region, as seen. */
const namespaces = [
  'cwap-eur1-weur2',
  'cwap-eur1-neur2',
  'cwap-eur1-frc2',
  'cwap-eur1-dwc2',
  'cwap-nam1-eus2',
  'cwap-nam1-cus2',
  'cwap-asia1-seas3',
  'cwap-asia1-ejpn3',
  'cwap-aus1-eaus3',
].map((name) => `${name}.servicebus.windows.net`);
