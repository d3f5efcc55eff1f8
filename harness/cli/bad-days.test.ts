import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { runResultsSchema } from '../../model/verdict/results.js';
import { compiledProgram } from './compiled-program.js';
import { ended, engineWithoutImages, folder, lab, start } from './testing.js';

async function resultsIn(out: string) {
  return runResultsSchema.parse(JSON.parse(await readFile(join(out, 'results.json'), 'utf8')));
}

/** A disk of 640 KiB: room for the log of a scenario or two; undefined where this user cannot have one. */
async function smallDisk() {
  const path = await mkdtemp(join(tmpdir(), 'connector-lab-disk-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=640k', 'none', path]).status !== 0) return undefined;
  const unmount = async () => {
    spawnSync('umount', [path]);
    await rmdir(path);
  };
  return { path, [Symbol.asyncDispose]: unmount };
}

it('a full disk ends the run with one sentence, and nothing that was written is lost', async (context) => {
  await using small = await smallDisk();
  if (!small) return context.skip('tmpfs cannot be mounted');
  const disk = small.path;
  await writeFile(join(disk, 'results.json'), 'earlier');
  const { code, stderr } = await lab(['run', 'ports/', '--workers', '1', '--out', disk]);
  expect(code).toBe(2);
  expect(stderr.trim().split('\n').at(-1)).toBe(
    `cannot write ${disk}/events.jsonl: the disk is full; free some space or choose another --out; what had finished is in the log: connector-lab report ${disk} makes its report`,
  );
  expect(stderr).not.toMatch(/^ +at /m);
  const done = stderr.split('✓ ').length - 1;
  expect(done).toBeGreaterThan(0);
  expect(await readFile(join(disk, 'results.json'), 'utf8')).toBe('earlier');

  const roomy = await folder();
  await cp(disk, roomy, { recursive: true });
  expect((await lab(['report', roomy])).stdout).toContain(`${done} passed, 0 failed`);
});

it('a clock that jumps does not get into durations', async () => {
  const out = await folder();
  const { now } = Date;
  const began = now();
  // Forward an hour, ten times a second.
  const hours = () => 1 + Math.floor((now() - began) / 100);
  const jumping = vi.spyOn(Date, 'now').mockImplementation(() => now() + hours() * 3_600_000);
  onTestFinished(() => jumping.mockRestore());
  const { code, stderr } = await lab(['run', 'ports/outbound-443', '--out', out]);
  expect(code, stderr).toBe(0);
  const { startedAt, durationMs, scenarios } = await resultsIn(out);
  expect(Date.parse(startedAt)).toBeGreaterThanOrEqual(began + 3_600_000);
  for (const duration of [durationMs, ...scenarios.map((one) => one.durationMs)])
    expect(duration).toBeLessThan(3_600_000);
});

it('whoever reads the words goes away: the command goes on, without a stack trace', async () => {
  const child = await start(['list']);
  child.stdout?.destroy();
  expect(await ended(child)).toMatchObject({ code: 0, stderr: '' });
});

it.skipIf(process.platform === 'win32').each([64, 96])(
  'with %i files that may be open at a time, a command does its work or says why not',
  async (most) => {
    const limited = ['-c', `ulimit -n ${most}; exec "$@"`, 'sh', process.execPath];
    const { status, stderr } = spawnSync('sh', [...limited, await compiledProgram(), 'list'], {
      encoding: 'utf8',
    });
    // How many it needs is for Node.js to say.
    expect([status, stderr]).toEqual(
      status === 0
        ? [0, '']
        : [2, 'too few files may be open at a time: raise the limit (ulimit -n 1024), then run again\n'],
    );
  },
);

it.each([[['run', 'ports/outbound-443', '--engine', 'containers']], [['images']]])(
  'an image that is missing and cannot be built is named: %j',
  async (args) => {
    await using engine = await engineWithoutImages();
    // No programs: neither npm nor mmdebstrap.
    const { code, stderr } = await lab(args, { DOCKER_HOST: engine.host, PATH: await folder() });
    expect(stderr).toMatch(/the base image could not be built|a base of Debian packages needs root/);
    expect(stderr).not.toMatch(/^ +at |went wrong/m);
    expect(code).toBe(3);
  },
);

it('an engine that only fails is a finding of doctor, not its end', async () => {
  await using engine = await engineWithoutImages();
  const { code, stdout } = await lab(['doctor'], { DOCKER_HOST: engine.host });
  expect(stdout).toMatch(/– Container runtime +\(HTTP code 500\)/);
  expect(code).toBe(0);
});
