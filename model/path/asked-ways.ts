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
  const samples = samplesOf(site);
  const walker = new Walker(site, internet);
  const hosts = new Map<DocumentedHost, PublicHost[]>();
  for (const asking of askingsOf(site)) {
    const { row, server, account, stack, operation, needs } = asking;
    const known = hosts.get(row) ?? namesBelow(row, samples, internet);
    hosts.set(row, known);
    for (const host of known) {
      const wanted = { server, account, stack, host: host.name, port: row.port, operation };
      const way = walker.walk(needs ? { ...wanted, needs } : wanted, withHost(internet, host));
      yield { asking, host, way };
    }
  }
}
