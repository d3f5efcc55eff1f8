import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { bundledPlaces } from './bundled.js';
import { declared, installed } from './packages.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Where something is installed: the whole, and a tool that has a folder of its own. */
const folders = ['.', 'dev/stryker'];

it('every package has its reason in the table, and the table no other', async () => {
  const page = await readFile(join(root, 'docs/dependencies.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, name = '', reason = '']) => ({
    name,
    reason,
  }));
  expect(rows.map(({ name }) => name).sort()).toEqual([...(await declared(root)).keys()].sort());
  for (const { name, reason } of rows) expect(reason.trim(), name).not.toBe('');
});

it.each(folders)('versions are exact: %s', async (folder) => {
  for (const [name, version] of await declared(join(root, folder)))
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
});

it.each(folders)('archives are held by their digests: %s', async (folder) => {
  const all = await installed(join(root, folder));
  expect(all.length).toBeGreaterThan(100);
  for (const { name, integrity } of all) expect(integrity, name).toMatch(/^sha512-/);
});

const bundled = bundledPlaces(root);

/** Packages that name their licence in the older way, which npm's lock does not take over; as their files say. */
const olderWay: Readonly<Record<string, string>> = {
  buildcheck: 'MIT',
  'cpu-features': 'MIT',
  'destroyable-server': 'MIT',
  'read-tls-client-hello': 'Apache-2.0',
  ssh2: 'MIT',
};

/** Of the containers engine's, which people install when they want it: all are brought along by testcontainers, and build or print what it can do without. */
const ofContainers = ['cpu-features', 'protobufjs', 'ssh2'];

it.each(folders)(
  'whatever is installed may be used by anybody; tools of development may say MPL, their data CC BY: %s',
  async (folder) => {
    const free =
      /^\(?(?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0)\b/;
    const others = (await installed(join(root, folder), await bundled)).filter(
      ({ name, development, licence = olderWay[name] ?? '' }) =>
        !free.test(licence) && !(development && ['MPL-2.0', 'CC-BY-4.0'].includes(licence)),
    );
    expect(others.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
  },
);

it('no package of the program runs one of its own while it is installed', async () => {
  const running = (await installed(root, await bundled)).filter(({ runsAtInstall }) => runsAtInstall);
  expect(running.filter(({ development }) => !development)).toEqual([]);
  const names = running.map(({ name }) => name);
  expect(names).toEqual([...ofContainers, 'esbuild', 'tls-impersonate'].sort());
});

it('a tool that has a folder of its own runs nothing while it is installed', async () => {
  const all = await installed(join(root, 'dev/stryker'));
  expect(all.filter(({ runsAtInstall }) => runsAtInstall)).toEqual([]);
});
