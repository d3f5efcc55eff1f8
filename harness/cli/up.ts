import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { serviceNames } from '../../mocks/protocol/names.js';
import { readSite } from '../../model/site/read.js';
import type { Site } from '../../model/site/schema.js';
import type { EngineName } from '../engines/select.js';
import { FolderLock } from '../run/folder-lock.js';
import { holdLab } from '../run/hold.js';
import { makeFolder, OutputError } from '../run/output.js';
import { exitCodes } from './exit-codes.js';
import { openEngine } from './open-engine.js';

export interface UpFlags {
  engine: EngineName;
  out: string;
  signal: AbortSignal;
}

/** `connector-lab up SITE`. */
export async function up(file: string, flags: UpFlags): Promise<number> {
  const { out } = flags;
  const site = await readSite(file);
  await makeFolder(out);
  await using _ = await keepFolder(out);
  await using engine = await openEngine(flags);
  process.stderr.write(`Opening a lab of "${site.site}" on the ${engine.name} engine …\n`);
  await using lab = await holdLab(site, engine, flags.signal);
  const roots = resolve(join(out, 'lab-roots.pem'));
  await writeFile(roots, lab.roots);
  const profile = resolve(join(out, 'browser'));
  const switches = [...lab.browserSwitches, `--user-data-dir=${profile}`].map((one) => `'${one}'`).join(' ');
  const lines = [
    ...lab.failed.map((text) => `failed       ${text}`),
    ...(lab.failed.length > 0 ? [`             (connector-lab check ${file} says why)`] : []),
    `proxy        ${lab.proxy}`,
    `roots        ${roots}`,
    ...people(site),
    `browser      chromium ${switches}`,
    `curl         curl --proxy ${lab.proxy} --cacert '${roots}' https://…`,
    'The lab stays until Ctrl-C. Only what goes through the proxy is in it.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  await lab.stay();
  return exitCodes.interrupted;
}

/** The roots in a folder are of one lab. @throws OutputError where another one has it */
async function keepFolder(out: string): Promise<FolderLock> {
  const lock = await FolderLock.take(join(out, 'up.lock'));
  if (typeof lock !== 'number') return lock;
  const words = `another lab (process ${lock}) is kept there; end it, or choose another --out`;
  throw new OutputError(out, new Error(words));
}

/** Where to go in the lab, and as whom. */
function people(site: Site): string[] {
  const { tenant, applications } = site;
  const names = serviceNames(site);
  const administrator = tenant.users.find(({ roles }) => roles.length > 0);
  const user = tenant.users.find(({ roles }) => roles.length === 0) ?? administrator;
  return [
    `portal       https://${names.portal}/${as(administrator)}`,
    ...applications.map(({ external }) => `application  ${external}${as(user)}`),
  ];
}

function as(user: Site['tenant']['users'][number] | undefined): string {
  return user ? `  (${user.name}, password ${user.password})` : '';
}
