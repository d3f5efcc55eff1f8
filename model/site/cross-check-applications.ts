import { addressPlan } from './address-plan.js';
import { inRange, rangeOf } from './address-range.js';
import { placeApplications } from './addresses.js';
import { canonical } from './host-name.js';
import { internalPlace } from './internal-url.js';
import type { Placed } from './placed.js';
import { publishedInside } from './published-at.js';
import type { Application, Site } from './schema.js';
import { unknownWord } from './unknown-word.js';

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
    ...unknownServers(site),
    ...chains(site),
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

function unknownServers({ applications, servers }: Site): Placed[] {
  const names = servers.map(({ name }) => name);
  return applications.flatMap((application, index) =>
    (application['runs-on'] ?? []).flatMap((server, at): Placed[] => {
      if (names.includes(server)) return [];
      return [
        { path: ['applications', index, 'runs-on', at], message: unknownWord('server', server, names) },
      ];
    }),
  );
}

/**
 * Applications whose internal name leads a server to where the service publishes another one: a chain through
 * two connectors, which the lab does not run.
 */
function chains(site: Site): Placed[] {
  const { applications, servers, resolver } = site;
  const isLedOut = ({ hosts, resolver: own }: Site['servers'][number], host: string) => {
    const told = Object.entries(hosts).find(([one]) => canonical(one) === host)?.[1];
    return told === undefined ? own?.['site-names'] === false || leadsOut(own ?? resolver) : isOfCloud(told);
  };
  const leadsOut = ({ faults }: { faults: Site['resolver']['faults'] }) =>
    faults.some(({ address }) => address !== undefined && isOfCloud(address));
  return applications.flatMap((application, index): Placed[] => {
    const host = canonical(internalPlace(application).host);
    const other = publishedInside(site, application);
    const server = other && other !== application ? servers.find((one) => isLedOut(one, host)) : undefined;
    if (!server) return [];
    const message = `${server.name} would find "${host}" at the service, which publishes "${other?.name}" there: give it a name of the site, or let the server ask the site's resolver`;
    return [{ path: ['applications', index, 'internal'], message }];
  });
}

function isOfCloud(address: string): boolean {
  const cloud = rangeOf(addressPlan.cloudNetwork);
  return cloud !== undefined && inRange(address, cloud);
}
