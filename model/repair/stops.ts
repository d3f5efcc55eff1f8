import type { Passage } from '../path/passage.js';
import type { Internet } from '../path/public-host.js';
import { isOpen, survey } from '../path/survey.js';
import { Walker } from '../path/walk.js';
import type { Asking } from '../path/wanted.js';
import type { Hop, Way } from '../path/way.js';
import { edgeFirewalls, withEdgeFirewalls } from '../site/edge-firewalls.js';
import type { Site } from '../site/schema.js';
import { Charges, isByAccount, oldTls } from './charge.js';
import { placesInside } from './inside.js';
import type { FlowStop, Request, SettingStop, Stop } from './request.js';
import { settingKinds } from './requests/index.js';

/** Everything that keeps a site from working: settings, and what stops flows to documented rows and inside. */
export function stopsOf(site: Site, internet: Internet): Stop[] {
  return [
    ...settingStops(site),
    ...timesOf(site).flatMap((one) => {
      const walker = new Walker(one, internet);
      return [...stopsOfRows(one, internet, walker), ...stopsInside(one, walker)];
    }),
  ];
}

/** A site, and what it becomes once firewalls have learned again what they had lost. */
function timesOf(site: Site): Site[] {
  if (edgeFirewalls(site).every((one) => one['names-lost-for'] === undefined)) return [site];
  return [site, withEdgeFirewalls(site, ({ 'names-lost-for': _, ...others }) => others)];
}

/**
 * Whether nothing keeps a site from working: {@link stopsOf} without telling what. `suspect`: a request that
 * was not granted, so that what it is about is looked at first.
 */
export function isFree(site: Site, internet: Internet, suspect?: Request): boolean {
  const { servers = [], targets = [] } = suspect ?? {};
  const isSuspect = ({ row, server }: Asking) =>
    servers.includes(server) && targets.some(({ host, port }) => host === row.rule && port === row.port);
  return (
    settingStops(site).length === 0 &&
    timesOf(site).every((one) => isOpenInside(one, internet) && isOpen(one, internet, isSuspect))
  );
}

function isOpenInside(site: Site, internet: Internet): boolean {
  const walker = new Walker(site, internet);
  return placesInside(site).every(({ requirement: _, ...place }) => walker.walk(place).stops.length === 0);
}

function settingStops(site: Site): SettingStop[] {
  return settingKinds.flatMap(({ kind, stops }) =>
    stops(site).map((stop): SettingStop => ({ by: 'setting', kind, ...stop })),
  );
}

function stopsOfRows(site: Site, internet: Internet, walker: Walker): FlowStop[] {
  const passages = survey(site, internet);
  const charges = new Charges(site, internet, walker, passages);
  const unlisted = new Set(passages.flatMap((passage) => passage.unlisted));
  const ofRows = passages.flatMap((passage) => {
    const { row } = passage.asking;
    const target = { host: row.rule, port: row.port };
    const closed = passage.closed.flatMap((one) =>
      one.way.stops.filter(isOwnFault).map((hop): FlowStop => {
        const requirements = charges.of(hop, passage, one);
        return { by: 'flow', hop, way: one.way, passage, target, requirements };
      }),
    );
    return [...closed, ...(passage.read ? [readStop(passage.read, passage, target)] : [])];
  });
  return [...ofRows, ...[...unlisted].flatMap((way) => listStops(way, site, walker))];
}

/** That a revocation list cannot be fetched is the fault of what stops the fetch. */
function isOwnFault({ device, result }: Hop): boolean {
  return device !== 'inspector' || result !== 'tls-revocation-offline';
}

/**
 * What keeps a server from the revocation list of an inspector that it trusts: Windows waits for it, and who
 * insists on revocation does not go on. Inspection is what asks for it.
 */
function listStops(way: Way, site: Site, walker: Walker): FlowStop[] {
  const { host, port } = way.flow;
  return way.stops.map((hop) => {
    const explanation = `${hop.explanation}; certificates that the inspector makes name the revocation list there`;
    const isOfAccount = isByAccount(hop, way.flow, site, walker);
    const requirements = [isOfAccount ? 'ports/service-account' : 'tls/no-inspection'];
    return { by: 'flow', hop: { ...hop, explanation }, way, target: { host, port }, requirements };
  });
}

/** TLS to the service that is read stops nothing, and is against the page. */
function readStop(
  { way, host, hop }: NonNullable<Passage['read']>,
  passage: Passage,
  target: FlowStop['target'],
): FlowStop {
  const explanation = `${host.name} is inspected, and the page asks that nobody inspects TLS between connectors and the service`;
  const requirements = ['tls/no-inspection'];
  return { by: 'flow', hop: { ...hop, explanation }, way, passage, target, requirements };
}

function stopsInside(site: Site, walker: Walker): FlowStop[] {
  return placesInside(site).flatMap(({ requirement, ...place }) => {
    const way = walker.walk(place);
    const target = { host: place.host, port: place.port };
    return way.stops.map((hop): FlowStop => {
      const isOfAccount = isByAccount(hop, way.flow, site, walker);
      const ofServer = hop.result === 'tls-protocol-version' ? oldTls(site) : requirement;
      const requirements = [isOfAccount ? 'ports/service-account' : ofServer];
      return { by: 'flow', hop, way, target, requirements };
    });
  });
}
