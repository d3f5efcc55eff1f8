import type { DocumentedHost } from '../requirements/documented-host.js';
import type { Site } from '../site/schema.js';
import { namesBelow, samplesOf } from './names-below.js';
import { type Internet, type PublicHost, withHost } from './public-host.js';
import { Walker } from './walk.js';
import { type Asking, askingsOf } from './wanted.js';
import type { Way } from './way.js';

/** One way to one of the hosts that a documented row stands for. */
export interface AskedWay {
  asking: Asking;
  host: PublicHost;
  way: Way;
}

/** The ways of every name that a documented row stands for, for every account that asks for it. */
export function* askedWays(site: Site, internet: Internet): Generator<AskedWay> {
  const walker = new Walker(site, internet);
  const hostsOf = hostsFor(site, internet);
  for (const asking of askingsOf(site))
    for (const there of hostsOf(asking.row))
      yield { asking, host: there.host, way: wayTo(there, asking, walker) };
}

/** A host, and the internet in which it is there. */
export interface There {
  host: PublicHost;
  internet: Internet;
}

/** The hosts that stand for a row in a site, each row's worked out once. */
export function hostsFor(site: Site, internet: Internet): (row: DocumentedHost) => readonly There[] {
  const samples = samplesOf(site);
  const hosts = new Map<DocumentedHost, There[]>();
  return (row) => {
    const known =
      hosts.get(row) ??
      namesBelow(row, samples, internet).map((host) => ({ host, internet: withHost(internet, host) }));
    hosts.set(row, known);
    return known;
  };
}

export function wayTo({ host, internet }: There, asking: Asking, walker: Walker): Way {
  const { row, server, account, stack, operation, needs } = asking;
  const wanted = { server, account, stack, host: host.name, port: row.port, operation };
  return walker.walk(needs ? { ...wanted, needs } : wanted, internet);
}
