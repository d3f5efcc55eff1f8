import { addressPlan } from './address-plan.js';
import { inRange, rangeOf } from './address-range.js';
import { placeApplications } from './addresses.js';
import { canonical } from './host-name.js';
import { internalPlace } from './internal-url.js';
import type { Placed } from './placed.js';
import type { Application, Site } from './schema.js';

/** Applications and private resources that contradict each other: one port cannot be two things. */
export function crossCheckApplications(site: Site): Placed[] {
  const { addresses } = placeApplications(site);
  const at = (host: string, port: number) => `${addresses.get(host) ?? host} ${port}`;
  const first = new Map<string, Application>();
  const bySameUrl = new Map<string, Application>();
  const problems = site.applications.flatMap((application, index): Placed[] => {
    const { host, port, secure, path: below } = internalPlace(application);
    const path = ['applications', index];
    const known = first.get(at(host, port)) ?? application;
    first.set(at(host, port), known);
    if (!secure && application.certificate !== 'trusted') {
      const message = `"${application.internal}" shows no certificate; "${application.internal.replace('http:', 'https:')}" would`;
      return [{ path: [...path, 'certificate'], message }];
    }
    const other = internalPlace(known);
    if (other.secure !== secure) {
      const message = `"${known.name}" speaks ${other.secure ? 'TLS' : 'plain HTTP'} at the same address and port`;
      return [{ path: [...path, 'internal'], message }];
    }
    const same = bySameUrl.get(`${host} ${port} ${below}`) ?? application;
    bySameUrl.set(`${host} ${port} ${below}`, same);
    if (same.state !== application.state) {
      const message = `"${same.name}" has the same internal address, and is ${same.state}`;
      return [{ path: [...path, 'state'], message }];
    }
    if (other.host !== host || known.certificate === application.certificate) return [];
    const message = `a host has one certificate, and that of "${known.name}" is ${known.certificate}`;
    return [{ path: [...path, 'certificate'], message }];
  });
  const resources = site['private-access']?.resources ?? [];
  return [
    ...problems,
    ...loops(site),
    ...resources.flatMap(({ host, ports }, index) =>
      ports.flatMap((port): Placed[] => {
        const application = first.get(at(host, port));
        if (!application) return [];
        const message = `the application "${application.name}" is at port ${port} of this host`;
        return [{ path: ['private-access', 'resources', index, 'ports'], message }];
      }),
    ),
  ];
}

/**
 * Applications whose internal name leads a server back to the service that published them: requests would go
 * round for ever, which the lab does not run.
 */
function loops({ applications, servers, resolver }: Site): Placed[] {
  const published = new Set(applications.map(({ external }) => canonical(new URL(external).hostname)));
  const isLedOut = ({ hosts, resolver: own }: Site['servers'][number], host: string) => {
    const told = Object.entries(hosts).find(([one]) => canonical(one) === host)?.[1];
    return told === undefined ? own?.['site-names'] === false || leadsOut(own ?? resolver) : isOfCloud(told);
  };
  const leadsOut = ({ faults }: { faults: Site['resolver']['faults'] }) =>
    faults.some(({ address }) => address !== undefined && isOfCloud(address));
  return applications.flatMap((application, index): Placed[] => {
    const host = canonical(internalPlace(application).host);
    const server = published.has(host) ? servers.find((one) => isLedOut(one, host)) : undefined;
    if (!server) return [];
    const message = `${server.name} would find "${host}" at the service that publishes it, and requests would go round for ever: give it a name of the site, or let the server ask the site's resolver`;
    return [{ path: ['applications', index, 'internal'], message }];
  });
}

function isOfCloud(address: string): boolean {
  const cloud = rangeOf(addressPlan.cloudNetwork);
  return cloud !== undefined && inRange(address, cloud);
}
