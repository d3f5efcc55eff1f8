import { cloudZone } from '../../mocks/cloud/hosts.js';
import { stacks } from '../../model/evidence/vocabulary.js';
import { internetWith } from '../../model/path/internet-with.js';
import { internetOf } from '../../model/path/public-host.js';
import { Walker } from '../../model/path/walk.js';
import { wantedBy } from '../../model/path/wanted.js';
import type { Way } from '../../model/path/way.js';
import { placesInside } from '../../model/repair/inside.js';
import { nearest } from '../../model/requirements/nearest.js';
import { canonicalAccount } from '../../model/site/account.js';
import { accountsOf } from '../../model/site/accounts.js';
import { readSite } from '../../model/site/read.js';
import type { EngineName } from '../engines/select.js';
import { type LiveTrace, liveTrace } from '../run/live-trace.js';
import { openEngine } from './open-engine.js';
import { UsageError } from './usage-error.js';

export interface TraceOptions {
  /** The network stack; absent: the account's own. */
  stack?: string;
  /** The same flow through a lab as well, on this engine. */
  live?: EngineName;
  signal: AbortSignal;
}

/**
 * The way of one flow, from the oracle, and what a lab made of it. `madeUp`: the lab has no such host, and it
 * is taken to be where others of its documented row are.
 * @throws SiteFileError, UsageError, NoEngineError
 */
export async function trace(
  file: string,
  server: string,
  account: string,
  target: string,
  { stack, live, signal }: TraceOptions,
): Promise<{ way: Way; madeUp: boolean; lab?: LiveTrace }> {
  const site = await readSite(file);
  const dialling = oneOf('server', server, site.servers, ({ name }) => name);
  const as = oneOf('account', canonicalAccount(account), accountsOf(site), (one) => one);
  const [, host = '', port = ''] = /^([^\s:/]+):(\d{1,5})$/.exec(target) ?? [];
  if (host === '' || Number(port) < 1 || Number(port) > 65_535)
    throw new UsageError(`"${target}" is not a host and a port, such as crl3.digicert.com:80`);
  // Whoever serves what is inside asks for it as such.
  const inside = placesInside(site).find(
    (place) =>
      place.server === server && place.account === as && place.host === host && place.port === Number(port),
  );
  const through = stack === undefined ? {} : { stack: oneOf('stack', stack, stacks, (one) => one) };
  const flow = { ...(inside ?? wantedBy(dialling, as, host, Number(port))), ...through };
  const internet = internetOf(cloudZone(site));
  const there = internetWith(host, site, internet);
  if (!there) {
    const near = nearest(host, [
      ...internet.hosts.map(({ name }) => name),
      ...placesInside(site).map((one) => one.host),
    ]);
    throw new UsageError(
      `nothing is known of ${host}: a lab has the hosts of the requirements page and of the site file${near === undefined ? '' : `; did you mean ${near}?`}`,
    );
  }
  const way = new Walker(site, internet, { nearest: true }).walk(flow, there.internet);
  if (live === undefined) return { way, madeUp: there.made };
  if (there.made)
    throw new UsageError(`the lab has no ${host}, so that nothing can be sent there: leave --live out`);
  await using engine = await openEngine({ engine: live, out: '' }, site);
  return { way, madeUp: false, lab: await liveTrace(site, way, engine, signal) };
}

function oneOf<T>(what: string, wanted: string, all: readonly T[], nameOf: (one: T) => string): T {
  const found = all.find((one) => nameOf(one) === wanted);
  if (found !== undefined) return found;
  const near = nearest(wanted, all.map(nameOf));
  const hint = near === undefined ? `there are ${all.map(nameOf).join(', ')}` : `did you mean ${near}?`;
  throw new UsageError(`no ${what} is called "${wanted}"; ${hint}`);
}
