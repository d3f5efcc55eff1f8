import { edgeFirewalls, readsNames } from '../../../model/site/edge-firewalls.js';
import type { Inspection, Site } from '../../../model/site/schema.js';

/** What real machines do not do of a site, as a reason for `skipped`; undefined: everything. */
export function machinesCannot(site: Site): string | undefined {
  const readers = edgeFirewalls(site).filter(readsNames);
  if (readers.length > 1) return 'of several firewalls one reads names from TLS here';
  const { inspection } = site;
  const isInspected = inspection?.at === 'edge';
  if (readers.length > 0 && isInspected && inspection.product !== 'node')
    return `${inspection.product} inspects behind no firewall that reads names from TLS here; use product: node`;
  if (site['syn-proxy'] && isInspected) return 'a SYN proxy stands beside no inspector here';
  if (site.link.mtu !== undefined && (site['syn-proxy'] || isInspected))
    return 'connections that a SYN proxy or an inspector opens are not followed over a line with a small MTU here';
  const isOld = site.servers.some(({ tls }) => tls === '1.1');
  if (site.inspection?.at === 'proxy' && site.proxy?.parent && isOld)
    return 'a proxy (squid) that inspects lets go of TLS before 1.2 without a word where its parent refuses, not with an alert';
  const product = site.inspection && cannotInspect(site.inspection);
  if (product) return product;
  return undefined;
}

/** What a product does not do, of what a site may ask of inspection. */
function cannotInspect(inspection: Inspection): string | undefined {
  const { product, at } = inspection;
  if (at === 'proxy') return cannotAtProxy(inspection);
  if (product === 'node') return undefined;
  if (inspection['client-certificate'] === 'own')
    return `${product} shows no client certificate here; use product: node`;
  if (inspection['revocation-info'])
    return `certificates that ${product} forges name no revocation list: say revocation-info: false`;
  if (inspection['block-page'].length > 0)
    return `${product} answers with no page of its own here; use product: node`;
  if (product !== 'squid' && inspection.websocket === 'strip-upgrade')
    return `${product} does not remove upgrades here; use product: squid`;
  return undefined;
}

/** On real machines the proxy is squid. */
function cannotAtProxy(inspection: Inspection): string | undefined {
  if (inspection['client-certificate'] === 'own') return 'the proxy (squid) shows no client certificate here';
  if (inspection['revocation-info'])
    return 'certificates that the proxy (squid) forges name no revocation list: say revocation-info: false';
  return undefined;
}
