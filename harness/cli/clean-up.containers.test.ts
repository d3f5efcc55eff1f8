import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ensureImage } from '../../docker/images.js';
import { labelsFor } from '../engines/containers/labels.js';
import { sweep } from '../engines/containers/sweep.js';
import { madeByRuns, runtimeForTests, viewOf } from '../engines/containers/testing.js';
import { folder, start } from './testing.js';

const docker = await runtimeForTests();

async function startRun() {
  const args = ['run', 'ports/', '--engine', 'containers', '--workers', '1', '--out', await folder()];
  return start(args, { DOCKER_HOST: process.env.DOCKER_HOST });
}

/** Containers of a lab: its machines, and the switch between them. */
const wholeLab = 6 + 1;

const keepOne = `
  import { documentedSite } from './model/site/documented.ts';
  import { selectEngine } from './harness/engines/select.ts';
  const engine = await selectEngine('containers');
  const lab = await engine.open(documentedSite(), { scenario: 'kept', startAt: Date.now(), record() {} });
  console.log(JSON.stringify(await lab.keep()));
  await engine[Symbol.asyncDispose]();
  process.exit();
`;

describe.skipIf(!docker)('what a run leaves behind', () => {
  it('is nothing after the next command, whenever the runner was killed', async () => {
    if (!docker) return;
    const pids: (number | undefined)[] = [];
    const within = () => 1 + Math.floor(Math.random() * (wholeLab - 1));
    // From before anything was made to the middle of a scenario.
    for (const made of [0, within(), within(), wholeLab]) {
      const child = await startRun();
      pids.push(child.pid);
      const own = viewOf(docker, child.pid);
      await expect.poll(async () => (await madeByRuns(own)).length).toBeGreaterThanOrEqual(made);
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const own = viewOf(docker, ...pids);
    await expect
      .poll(async () => {
        await sweep(own);
        return madeByRuns(own);
      })
      .toEqual([]);
  });

  it('is nothing after Ctrl-C', async () => {
    if (!docker) return;
    const child = await startRun();
    const own = viewOf(docker, child.pid);
    await expect.poll(() => madeByRuns(own)).not.toEqual([]);
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(130);
    expect(await madeByRuns(own)).toEqual([]);
  });

  it('stays where a lab was kept, until it is asked for too', async () => {
    if (!docker) return;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', keepOne], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const own = viewOf(docker, child.pid);
    const printed = text(child.stdout);
    await once(child, 'exit');
    const howToGetIn = JSON.parse(await printed) as string[];
    const [, name = ''] = /exec -it (\S+) bash +# server-1/.exec(howToGetIn.join('\n')) ?? [];
    expect((await sweep(own)).kept).toBe(1);
    const rules = await docker
      .getContainer(name)
      .exec({ Cmd: ['nft', 'list', 'ruleset'], AttachStdout: true });
    expect(await text(await rules.start({}))).toContain('chain host');
    await sweep(own, { kept: true });
    expect(await madeByRuns(own)).toEqual([]);
  });

  it('stays where the run is alive, or somebody else’s', async () => {
    if (!docker) return;
    const alive = `connector-lab-test-${process.pid}-alive`;
    const foreign = `connector-lab-test-${process.pid}-foreign`;
    const Image = await ensureImage(docker, () => {});
    const made = await Promise.all([
      docker.createContainer({ Image, name: alive, Labels: labelsFor('alive') }),
      docker.createContainer({ Image, name: foreign, Labels: { 'com.example.project': 'not ours' } }),
    ]);
    try {
      await sweep(docker);
      const names = (await docker.listContainers({ all: true })).flatMap(({ Names }) => Names);
      expect(names).toEqual(expect.arrayContaining([`/${alive}`, `/${foreign}`]));
    } finally {
      await Promise.all(made.map((container) => container.remove()));
    }
  });
});
