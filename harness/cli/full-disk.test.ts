import fs, { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { folder, lab } from './testing.js';

/** A disk below a folder, on which so many writes find room, and all later ones half of what they need. */
const disk = { folder: '', room: 0 };
const real = { writeFile: fs.writeFile, open: fs.open };

function isFull(path: unknown): boolean {
  return disk.folder !== '' && String(path).startsWith(`${disk.folder}/`) && --disk.room < 0;
}
const half = (data: unknown) => String(data).slice(0, String(data).length / 2);
const noSpace = () => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });

const full: typeof real = {
  async writeFile(path, data, options) {
    if (!isFull(path)) return real.writeFile(path, data, options);
    await real.writeFile(path, half(data), options);
    throw noSpace();
  },
  async open(path, ...how) {
    const file = await real.open(path, ...how);
    const append = file.appendFile.bind(file);
    file.appendFile = async (data, options) => {
      if (!isFull(path)) return append(data, options);
      await append(half(data), options);
      throw noSpace();
    };
    return file;
  },
};

/** From the write after so many others, nothing finds room below the folder. */
function fill(where: string, room: number): void {
  Object.assign(disk, { folder: where, room });
  // Modules that other tests of this process have loaded write to it, too.
  Object.assign(fs, where === '' ? real : full);
  syncBuiltinESMExports();
}
afterEach(() => fill('', 0));

const next = 'the disk is full; free some space or choose another --out';

it('a run ends with one sentence, keeps earlier results, and what had finished is reported', async () => {
  const out = await folder();
  await writeFile(join(out, 'results.json'), 'earlier');
  // The run, a scenario that begins and ends, and the next that begins: there is no room for its end.
  fill(out, 4);
  const scenarios = ['server/ie-esc', 'server/dotnet-version'];
  const { code, stderr } = await lab(['run', ...scenarios, '--workers', '1', '--out', out]);
  expect(code).toBe(2);
  expect(stderr.trim().split('\n').at(-1)).toBe(
    `cannot write ${out}/events.jsonl: ${next}; what had finished is in the log: connector-lab report ${out} makes its report`,
  );
  expect(stderr).not.toMatch(/^ +at /m);
  const done = stderr.split('✓ ').length - 1;
  expect(done).toBeGreaterThan(0);
  expect(await readFile(join(out, 'results.json'), 'utf8')).toBe('earlier');

  // The report of it meets the same disk, file by file.
  for (const [room, file] of ['results.json', 'report.html'].entries()) {
    fill(out, room);
    const { code, stderr: told } = await lab(['report', out]);
    expect(code).toBe(2);
    expect(told.trim().split('\n').at(-1)).toBe(`cannot write ${out}/${file}: ${next}`);
    expect(await readFile(join(out, 'results.json'), 'utf8')).toBe('earlier');
    expect(await readdir(out)).not.toContain(`${file}.partial`);
  }

  fill('', 0);
  expect((await lab(['report', out])).stdout).toContain(`${done} passed, 0 failed`);
});

it('an import leaves the site as it was', async () => {
  const out = await folder();
  const site = join(out, 'site.yaml');
  await writeFile(site, 'site: Earlier\n');
  fill(out, 0);
  const { code, stderr } = await lab(['import', 'docs/examples/hosts.csv', '--into', site]);
  expect(code).toBe(2);
  expect(stderr.trim().split('\n').at(-1)).toBe(
    `cannot write ${site}: the disk is full; free some space, or name a file elsewhere`,
  );
  expect(await readdir(out)).toEqual(['site.yaml']);
  expect(await readFile(site, 'utf8')).toBe('site: Earlier\n');
});

it('fix names the copy for which there was no room, and proves nothing', async () => {
  const [out, given] = [await folder(), await folder()];
  const file = join(given, 'hosts.csv');
  await copyFile('docs/examples/hosts.csv', file);
  fill(out, 0);
  const { code, stdout, stderr } = await lab(['fix', file, '--engine', 'embedded', '--out', out]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.trim()).toBe(`cannot write ${out}/patched/hosts.csv: ${next}`);
});
