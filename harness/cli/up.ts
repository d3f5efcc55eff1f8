import { join, resolve } from 'node:path';
import { serviceNames } from '../../mocks/protocol/names.js';
import type { LabEvent } from '../../model/evidence/event.js';
import { printable } from '../../model/evidence/printable.js';
import type { Site } from '../../model/site/schema.js';
import { CannotError } from '../engines/engine.js';
import { isOnlyHere, type ListenAddress } from '../engines/loopback-proxy.js';
import type { EngineName } from '../engines/select.js';
import { removeLink, replaceFile } from '../run/anew.js';
import { FolderLock } from '../run/folder-lock.js';
import { type HeldLab, holdLab } from '../run/hold.js';
import { makeFolder } from '../run/output.js';
import { OutputError } from '../run/output-error.js';
import { assertImage } from './client-image.js';
import { eventLine } from './event-line.js';
import { exitCodes } from './exit-codes.js';
import { onEngine, openEngine } from './open-engine.js';
import { verdictChange, verdictOf } from './verdict-change.js';
import { WatchedSite } from './watched-site.js';

export interface UpFlags {
  engine: EngineName;
  out: string;
  /** An image of the container engine that becomes a machine of the site. */
  client?: string;
  listen?: ListenAddress | undefined;
  signal: AbortSignal;
}

/** `connector-lab up SITE`. */
export async function up(file: string, flags: UpFlags): Promise<number> {
  const { out } = flags;
  const watched = await WatchedSite.of(file);
  const { site } = watched;
  if (flags.client !== undefined && flags.engine !== 'embedded') await assertImage(flags.client);
  await makeFolder(out);
  await using _ = await keepFolder(out);
  await using engine = await openEngine(flags, site);
  process.stderr.write(`Opening a lab of "${site.site}" ${onEngine(engine, flags)} …\n`);
  const screen = new Screen();
  await using lab = await holdLab(site, engine, flags.signal, {
    onEvent: (event) => screen.show(event),
    listen: flags.listen,
  });
  const guest = flags.client === undefined ? undefined : await lab.guest(flags.client);
  const roots = resolve(join(out, 'lab-roots.pem'));
  await replaceFile(roots, lab.roots);
  const profile = resolve(join(out, 'browser'));
  await removeLink(profile);
  const switches = [...lab.browserSwitches, `--user-data-dir=${profile}`].map((one) => `'${one}'`).join(' ');
  const lines = [
    ...lab.failed.map((text) => `failed       ${text}`),
    ...(lab.failed.length > 0 ? [`             (connector-lab check ${file} says why)`] : []),
    `proxy        ${lab.proxy}`,
    ...(flags.listen && !isOnlyHere(flags.listen.host)
      ? [`             at ${flags.listen.host}: whoever can reach it is in the lab`]
      : []),
    `roots        ${roots}`,
    ...people(site),
    `browser      chromium ${switches}`,
    `curl         curl --proxy ${lab.proxy} --cacert '${roots}' https://…`,
    ...(guest === undefined
      ? []
      : [
          `client       docker exec -it ${guest.name} sh`,
          `             ends with the lab; its authorities are in /connector-lab/roots.pem`,
        ]),
    `rules        change ${file}, and the lab changes with it`,
    `The lab stays until Ctrl-C. Only ${guest === undefined ? '' : 'the client and '}what goes through the proxy is in it.`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  screen.begin();
  void guest?.ended.then((code) => {
    if (flags.signal.aborted) return;
    const how = code < 0 ? '' : ` with exit code ${code}`;
    screen.write(
      `client: the program of ${flags.client} ended${how}, and its machine with it; what it printed is not kept`,
    );
  });
  await lab.stay(followed(file, site, { lab, watched, screen }));
  return exitCodes.interrupted;
}

/** What people who look on see of a lab: each thing once, until something changes. */
class Screen {
  readonly #shown = new Set<string>();
  #isOn = false;

  begin(): void {
    this.#isOn = true;
    this.#shown.clear();
  }

  show(event: LabEvent): void {
    const line = this.#isOn ? eventLine(event) : undefined;
    if (line === undefined || this.#shown.has(line)) return;
    // Each time that a user does something is one of its own.
    if (event.kind === 'visit' || event.kind === 'access') this.#shown.clear();
    else this.#shown.add(line);
    this.write(line);
  }

  write(...lines: readonly string[]): void {
    process.stdout.write(`${lines.map(printable).join('\n')}\n`);
  }
}

/** Between two steps of a lab: takes over what its file says by then. */
function followed(
  file: string,
  site: Site,
  { lab, watched, screen }: { lab: HeldLab; watched: WatchedSite; screen: Screen },
): () => Promise<void> {
  let verdict = verdictOf(site);
  return async () => {
    const read = await watched.take();
    if (!read) return;
    if (read instanceof Error)
      return screen.write(`${file} is not taken, and the lab is as before:`, read.message);
    const after = verdictOf(read);
    screen.begin();
    screen.write(`${file} changed:`, ...verdictChange(verdict, after));
    const cannot = lab.cannot(read);
    if (cannot !== undefined) return screen.write(`  The lab stays as it is: ${cannot}.`);
    try {
      await lab.change(read);
      verdict = after;
    } catch (error) {
      if (!(error instanceof CannotError)) throw error;
      screen.write(`  The lab cannot do that: ${error.message}`);
    }
  };
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
