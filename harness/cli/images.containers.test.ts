import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { exists } from '../../docker/base.js';
import { toEnd } from '../../docker/engine-progress.js';
import { contentsLabel, push, take } from '../../docker/registry.js';
import { runtimeForTests } from '../engines/containers/testing.js';
import { folder, lab } from './testing.js';

const docker = await runtimeForTests();
const program = '/usr/bin/docker-registry';
/** Debian's; in CI it is there. */
const canRun = docker !== undefined && (existsSync(program) || process.env.CI === 'true');
const repository = `connector-lab/test-${process.pid}`;

/** An image of nothing, that says what is in it. */
async function imageOf(tag: string, said = tag): Promise<string> {
  const name = `${repository}:${tag}`;
  const emptyArchive = Readable.from([Buffer.alloc(1024)]);
  const changes = `LABEL ${contentsLabel}=${said}`;
  if (docker) await toEnd(await docker.importImage(emptyArchive, { repo: repository, tag, changes }));
  onTestFinished(async () =>
    docker
      ?.getImage(name)
      .remove({ force: true })
      .catch(() => {}),
  );
  return name;
}

describe.skipIf(!canRun)('an image, and a registry of the user’s', () => {
  let registry = '';
  let end = () => {};
  beforeAll(async () => {
    const place = await folder();
    const settings = { rootdirectory: place };
    const config = { version: 0.1, storage: { filesystem: settings }, http: { addr: '127.0.0.1:0' } };
    await writeFile(join(place, 'config.yml'), JSON.stringify(config));
    const child = spawn(program, ['serve', join(place, 'config.yml')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    end = () => void child.kill();
    for await (const line of createInterface({ input: child.stderr })) {
      [, registry = ''] = /listening on (127\.0\.0\.1:\d+)/.exec(line) ?? [];
      if (registry) break;
    }
    child.stderr.resume();
  });
  afterAll(() => end());

  it('goes there, and comes back on a machine that has not built it', async () => {
    if (!docker) return;
    const name = await imageOf('0123456789abcdef');
    const there = await push(docker, name, `${registry}/team/lab`);
    expect(there).toBe(`${registry}/team/lab:0123456789abcdef`);
    await docker.getImage(name).remove();
    await take(docker, name, `${registry}/team/lab`);
    expect([await exists(docker, name), await exists(docker, there)]).toEqual([true, false]);
  });

  it('is not taken where the registry has another one, or none', async () => {
    if (!docker) return;
    const other = await imageOf('fedcba9876543210', 'something-else');
    await push(docker, other, `${registry}/lab`);
    await docker.getImage(other).remove();
    await expect(take(docker, other, `${registry}/lab`)).rejects.toThrow('is not what its tag says');
    expect(await exists(docker, other)).toBe(false);
    await expect(take(docker, `${repository}:0000`, `${registry}/lab`)).rejects.toThrow(
      `cannot take ${registry}/lab:0000: ${registry} does not have the image of this version`,
    );
  });

  it('a registry that does not answer is told in one sentence', async () => {
    const { code, stderr } = await lab(['images', '--push', '127.0.0.1:1/lab'], {});
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^cannot push 127\.0\.0\.1:1\/lab:\S+: 127\.0\.0\.1:1 does not answer \(.*refused\)$/m,
    );
  });
});
