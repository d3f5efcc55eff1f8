import { cloudZone } from '../../mocks/cloud/hosts.js';
import { stacks } from '../../model/evidence/vocabulary.js';
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
 * The way of one flow, from the oracle, and what a lab made of it.
 * @throws SiteFileError, UsageError, NoEngineError
 */
export async function trace(
  file: string,
  server: string,
  account: string,
  target: string,
  { stack, live, signal }: TraceOptions,
): Promise<{ way: Way; lab?: LiveTrace }> {
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
  const way = new Walker(site, internetOf(cloudZone(site)), { nearest: true }).walk(flow);
  if (live === undefined) return { way };
  await using engine = await openEngine({ engine: live, out: '' }, site);
  return { way, lab: await liveTrace(site, way, engine, signal) };
}

function oneOf<T>(what: string, wanted: string, all: readonly T[], nameOf: (one: T) => string): T {
  const found = all.find((one) => nameOf(one) === wanted);
  if (found !== undefined) return found;
  const near = nearest(wanted, all.map(nameOf));
  const hint = near === undefined ? `there are ${all.map(nameOf).join(', ')}` : `did you mean ${near}?`;
  throw new UsageError(`no ${what} is called "${wanted}"; ${hint}`);
}
