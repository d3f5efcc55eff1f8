import type { DocumentedHost } from '../requirements/documented-host.js';
import type { Site } from '../site/schema.js';
import { namesBelow, samplesOf } from './names-below.js';
import type { Closed, Passage } from './passage.js';
import { type Internet, type PublicHost, withHost } from './public-host.js';
import { Walker } from './walk.js';
import { type Asking, askingsOf } from './wanted.js';
import type { Hop } from './way.js';

/** Every documented row of a site, for every account that asks for it. */
export function survey(site: Site, internet: Internet): Passage[] {
  return [...passagesOf(site, internet)];
}

/** Whether everybody comes through to every documented row; ends at the first that does not. */
export function isOpen(site: Site, internet: Internet): boolean {
  for (const { open } of passagesOf(site, internet)) if (open !== 'all') return false;
  return true;
}

function* passagesOf(site: Site, internet: Internet): Generator<Passage> {
  const samples = samplesOf(site);
  const walker = new Walker(site, internet);
  const hosts = new Map<DocumentedHost, PublicHost[]>();
  for (const asking of askingsOf(site)) {
    const known = hosts.get(asking.row) ?? namesBelow(asking.row, samples, internet);
    hosts.set(asking.row, known);
    yield passageOf(asking, known, walker, internet);
  }
}

function passageOf(
  asking: Asking,
  hosts: readonly PublicHost[],
  walker: Walker,
  internet: Internet,
): Passage {
  const closed = new Map<string, Closed>();
  const through: string[] = [];
  const notJudged = new Map<string, Hop>();
  const { row, server, account, stack, operation, needs } = asking;
  for (const host of hosts) {
    const wanted = { server, account, stack, host: host.name, port: row.port, operation };
    const way = walker.walk(needs ? { ...wanted, needs } : wanted, withHost(internet, host));
    for (const hop of way.hops)
      if (hop.notJudged) notJudged.set(`${hop.device} ${hop.from} ${hop.notJudged}`, hop);
    if (way.stops.length === 0) {
      through.push(host.name);
      continue;
    }
    const key = way.stops.map(({ device, from, rule }) => `${device} ${from} ${rule ?? ''}`).join('\n');
    const same = closed.get(key);
    if (same) same.names.push(host.name);
    else closed.set(key, { way, host, names: [host.name] });
  }
  const open = closed.size === 0 ? 'all' : through.length === 0 ? 'none' : 'some';
  return { asking, open, closed: [...closed.values()], through, notJudged: [...notJudged.values()] };
}
