import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { expect, it } from 'vitest';
import { ensureImage } from '../../docker/images.js';
import { madeByRuns, runtimeForTests, viewOf } from '../engines/containers/testing.js';
import { expectKept, folder, up } from './testing.js';

const docker = await runtimeForTests();

it.skipIf(!docker)(
  'keeps a lab on real machines that curl gets into, and leaves nothing behind',
  async () => {
    if (!docker) return;
    const pid = await expectKept('containers', async (running) => {
      expect(await madeByRuns(viewOf(docker, running))).toHaveLength(6 + 1);
    });
    expect(await madeByRuns(viewOf(docker, pid))).toEqual([]);
  },
);

/** An image with the lab's own programs in it, and another program of its own. */
async function imageThatRuns(engine: Docker, ...command: string[]) {
  const made = await engine.createContainer({
    ...{ Image: await ensureImage(engine, () => {}), Entrypoint: command },
  });
  const name = `connector-lab-client-of-tests:${process.pid}`;
  const [repo = '', tag = ''] = name.split(':');
  await made.commit({ repo, tag });
  await made.remove();
  return { name, [Symbol.asyncDispose]: () => engine.getImage(name).remove({ force: true }) };
}

it.skipIf(!docker)(
  'starts an image as a machine of the site, which has no rights and goes with it',
  async () => {
    if (!docker) return;
    await using image = await imageThatRuns(docker, 'sh');
    const lab = await up(
      'scenarios/sites/documented.yaml',
      await folder(),
      'containers',
      '--client',
      image.name,
    );
    const name = /docker exec -it (\S+) sh/.exec(lab.text)?.[1] ?? '';
    const inside = (...command: string[]) => promisify(execFile)('docker', ['exec', name, ...command]);
    try {
      // The name, the way, and whom it trusts are a server's: no address and no certificate is told.
      const { stdout } = await inside(
        'curl',
        '-sS',
        '-o',
        '/dev/null',
        '-w',
        '%{remote_ip}',
        'https://login.microsoftonline.com/',
      );
      expect(stdout).toMatch(/^198\.18\.6[4-9]/);
      // The edge closes what is not documented, to whoever asks.
      await expect(inside('curl', '-sS', '-m', '3', 'https://example.com/')).rejects.toThrow();
      expect((await inside('cat', '/proc/1/status')).stdout).toMatch(
        /CapBnd:\s*0{16}\n[\s\S]*NoNewPrivs:\s*1\n/,
      );
      await expect(inside('ip', 'link', 'set', 'inside', 'down')).rejects.toThrow(/not permitted/);
      expect((await inside('ip', '-o', 'link')).stdout.match(/^\d+: \w+/gm)).toHaveLength(2);
    } finally {
      expect(await lab.interrupt()).toBe(130);
    }
    expect(await madeByRuns(viewOf(docker, lab.pid))).toEqual([]);
  },
);
