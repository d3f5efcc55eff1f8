import { accounts } from '../evidence/vocabulary.js';
import type { Internet } from '../path/public-host.js';
import { type Passage, survey } from '../path/survey.js';
import { Walker } from '../path/walk.js';
import type { Hop } from '../path/way.js';
import { type DocumentedHost, rowId } from '../requirements/documented-host.js';
import type { Site } from '../site/schema.js';
import { placesInside } from './inside.js';
import type { FlowStop, SettingStop, Stop } from './request.js';
import { settingKinds } from './requests/index.js';

/** Everything that keeps a site from working: settings, and what stops flows to documented rows and inside. */
export function stopsOf(site: Site, internet: Internet): Stop[] {
  return [...settingStops(site), ...flowStops(site, internet)];
}

function settingStops(site: Site): SettingStop[] {
  return settingKinds.flatMap(({ kind, stops }) =>
    stops(site).map((stop): SettingStop => ({ by: 'setting', kind, ...stop })),
  );
}

function flowStops(site: Site, internet: Internet): FlowStop[] {
  const walker = new Walker(site, internet);
  const rows = survey(site, internet).flatMap((passage) => stopsOfRow(passage, site, walker));
  const inside = placesInside(site).flatMap(({ requirement, ...place }) => {
    const way = walker.walk(place);
    const { host, port } = place;
    return way.stops.map(
      (hop): FlowStop => ({
        ...{ by: 'flow', hop, way, target: { host, port }, requirements: [requirement] },
      }),
    );
  });
  return [...rows, ...inside];
}

function stopsOfRow(passage: Passage, site: Site, walker: Walker): FlowStop[] {
  const { row } = passage.asking;
  return passage.closed.flatMap(({ way }) =>
    way.stops.map(
      (hop): FlowStop => ({
        ...{ by: 'flow', hop, way, passage },
        target: { host: row.rule, port: row.port },
        requirements: isByAccount(hop, way.flow, walker)
          ? ['ports/service-account']
          : requirementsOf(hop, passage, site),
      }),
    ),
  );
}

/** Whether the device would let another account's packets to the same place pass. */
function isByAccount(hop: Hop, flow: FlowStop['way']['flow'], walker: Walker): boolean {
  if (hop.device !== 'host-firewall' && hop.device !== 'edge-firewall') return false;
  return accounts.some((account) => {
    if (account === flow.account) return false;
    const same = walker
      .walk({ ...flow, account })
      .hops.find(({ device, from }) => device === hop.device && from === hop.from);
    return same !== undefined && same.result === undefined;
  });
}

/** What a stop breaks: the host's row, or the setting that spoils every host alike. */
function requirementsOf(
  { device, result, rule }: Hop,
  { asking: { row, operation }, open }: Passage,
  site: Site,
): string[] {
  if (device === 'inspector')
    return result === 'websocket-upgrade-refused'
      ? ['tls/no-inspection', 'hidden/websocket-upgrade']
      : ['tls/no-inspection'];
  if (result === 'proxy-407') return ['hidden/proxy-no-authentication'];
  if (device === 'server') return ['hidden/tls12'];
  return [
    ...rowsOf(row, site),
    ...(open === 'some' && row.match === 'suffix' && device !== 'resolver' ? ['hosts/suffix-rules'] : []),
    ...(rule?.startsWith('no-chain ') ? ['hidden/cname-chain'] : []),
    ...(operation === 'renew' ? ['hidden/certificate-renewal'] : []),
  ];
}

function rowsOf(row: DocumentedHost, { cloud }: Site): string[] {
  if (cloud.environment === 'us-government') return ['cloud/government-hosts'];
  return [rowId(row), `hosts/${row.group}`];
}
