import type { CloudFault, CloudService } from '../../model/evidence/vocabulary.js';
import { covers } from '../../model/policy/match-host.js';
import type { Site } from '../../model/site/schema.js';
import { serviceNames } from '../protocol/names.js';
import type { CloudHost } from '../zone.js';

type Entry = readonly [name: string, service: CloudService, ports: number[], chain?: string[]];

/**
 * Every public name of the lab. The third byte of an address says where it belongs: 64 sign-in and
 * directory, 65 content delivery, 66 Service Bus, 67 the connector service, 68 Azure Resource Manager,
 * 69 certificate authorities and Microsoft's own pages, 70 the service's newest range, 71 its second
 * region.
 */
export function cloudZone(site: Site): CloudHost[] {
  return documentedZone(site).map((host, index) => {
    if (isThrown(site, 'addresses-moved', host)) return { ...host, address: `198.18.70.${1 + index}` };
    if (!isThrown(site, 'nearer-region', host)) return host;
    // Names with an alias are balanced by region; a host without one is where it says it is.
    const chain = host.chain.map((alias) => alias.replace('weur', 'neur').replace('am3', 'dub'));
    return { ...host, chain, address: `198.18.71.${1 + index}` };
  });
}

function isThrown(site: Site, fault: CloudFault, { name }: CloudHost): boolean {
  return site.cloud.faults.some((one) => one.fault === fault && covers(one.host, name));
}

function documentedZone(site: Site): CloudHost[] {
  const names = serviceNames(site);
  const externals = [...new Set(site.applications.map(({ external }) => new URL(external).hostname))];
  return [
    ...block(64, [
      [names.authority, 'sign-in', [443], ['login.mso.msidentity.com', 'ak.privatelink.msidentity.com']],
      [names.olderAuthority, 'sign-in', [443], ['login.mso.msidentity.com']],
      [names.deviceRegistration, 'device-registration', [443], ['prda.aadg.msidentity.com']],
      // Who installs for the wrong cloud ends up at the public one's authority.
      ...(site.cloud.environment === 'public'
        ? []
        : [
            entry('login.microsoftonline.com', 'public-sign-in'),
            entry('login.windows.net', 'public-sign-in'),
            entry('secure.stage.microsoftonline-p.com', 'content'),
          ]),
      [names.policyKey, 'policy-key', [443]],
      [names.secondFactor, 'second-factor', [443]],
      [names.graph, 'graph', [443], ['ags.privatelink.msidentity.com']],
      [names.portal, 'portal', [443]],
    ]),
    ...block(
      65,
      names.signInParts.map(
        ({ host }): Entry => [host, 'content', [443], [`${host.split('.')[0]}-edge.azureedge.net`]],
      ),
    ),
    ...block(66, [
      ...names.namespaces.map(({ host, cloudService }): Entry => [host, 'relay', [443], [cloudService]]),
      ...(site.cloud['hybrid-connections'].length > 0 ? [names.hybridNamespace] : []).map(
        ({ host, cloudService }): Entry => [host, 'relay', [443], [cloudService]],
      ),
      ...names.namespaces.flatMap(({ gateways, cloudService }) =>
        gateways.map((gateway): Entry => [gateway, 'relay', [443], [cloudService]]),
      ),
    ]),
    ...block(67, [
      [
        names.registration,
        'registration',
        [443],
        ['cwap-weur-1.trafficmanager.net', 'cwap-weur-1.cloudapp.azure.com'],
      ],
      [
        names.bootstrap,
        'bootstrap',
        [443],
        ['cwap-weur-1.trafficmanager.net', 'cwap-weur-1.cloudapp.azure.com'],
      ],
      [names.updates, 'updates', [443], ['cwap-weur-1.trafficmanager.net']],
      [names.renewal, 'renewal', [443], ['cwap-weur-1.cloudapp.azure.com']],
      [names.tunnel, 'tunnel', [443], ['cwap-weur-1.cloudapp.azure.com']],
      ...externals.map((host): Entry => [host, 'edge', [443], ['cwap-weur-runtime.cloudapp.azure.com']]),
      [names.privateAccess, 'private-access', [443]],
    ]),
    ...block(
      67,
      [...new Set([...names.data, ...Object.values(names.dataIn).flat()])].map(
        (host): Entry => [host, 'data', [443]],
      ),
      100,
    ),
    ...block(67, [[names.administration, 'administration', [443], ['cwap-weur-1.cloudapp.azure.com']]], 200),
    ...block(68, [[names.directory, 'directory', [443], ['arm-frontdoor-prod.trafficmanager.net']]]),
    ...block(69, [
      ...[
        'crl3.digicert.com',
        'crl4.digicert.com',
        'ocsp.digicert.com',
        'crl.microsoft.com',
        'oneocsp.microsoft.com',
        'ocsp.msocsp.com',
        'cacerts.digicert.com',
        'mscrl.microsoft.us',
        'crl.microsoft.us',
        'ocsp.msocsp.us',
      ].map((host): Entry => [host, 'revocation', [80]]),
      [names.rootList, 'revocation', [80, 443], ['ctldl.windowsupdate.com.edgesuite.net']],
      [
        names.pkiops,
        'revocation',
        [80, 443],
        ['www.microsoft.com-c-3.edgekey.net', 'e13678.dscb.akamaiedge.net'],
      ],
    ]),
  ];
}

function entry(name: string, service: CloudService): Entry {
  return [name, service, [443]];
}

function block(third: number, entries: readonly Entry[], first = 1): CloudHost[] {
  return entries.map(([name, service, ports, chain = []], index) => ({
    name,
    service,
    ports,
    chain,
    address: `198.18.${third}.${first + index}`,
  }));
}
