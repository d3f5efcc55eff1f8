import { cloudZone } from '../../mocks/cloud/hosts.js';
import { accounts } from '../../model/evidence/vocabulary.js';
import { internetOf } from '../../model/path/public-host.js';
import { Walker } from '../../model/path/walk.js';
import { wantedBy } from '../../model/path/wanted.js';
import type { Way } from '../../model/path/way.js';
import { nearest } from '../../model/requirements/nearest.js';
import { readSite } from '../../model/site/read.js';
import { UsageError } from './usage-error.js';

/**
 * The way of one flow, from the oracle.
 * @throws SiteFileError, UsageError
 */
export async function trace(file: string, server: string, account: string, target: string): Promise<Way> {
  const site = await readSite(file);
  const dialling = oneOf('server', server, site.servers, ({ name }) => name);
  const as = oneOf('account', account, accounts, (one) => one);
  const [, host = '', port = ''] = /^([^\s:/]+):(\d{1,5})$/.exec(target) ?? [];
  if (host === '' || Number(port) < 1 || Number(port) > 65_535)
    throw new UsageError(`"${target}" is not a host and a port, such as crl3.digicert.com:80`);
  const flow = wantedBy(dialling, as, host, Number(port));
  return new Walker(site, internetOf(cloudZone(site)), { nearest: true }).walk(flow);
}

function oneOf<T>(what: string, wanted: string, all: readonly T[], nameOf: (one: T) => string): T {
  const found = all.find((one) => nameOf(one) === wanted);
  if (found !== undefined) return found;
  const near = nearest(wanted, all.map(nameOf));
  const hint = near === undefined ? `there are ${all.map(nameOf).join(', ')}` : `did you mean ${near}?`;
  throw new UsageError(`no ${what} is called "${wanted}"; ${hint}`);
}
