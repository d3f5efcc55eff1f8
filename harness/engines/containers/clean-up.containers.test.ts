import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { labelsFor } from './labels.js';
import { createNetwork } from './networks.js';
import { sweep } from './sweep.js';
import { madeByRuns, runtimeForTests, viewOf } from './testing.js';

const docker = await runtimeForTests();
const root = fileURLToPath(new URL('../../..', import.meta.url));

async function startRun() {
  const out = await mkdtemp(join(tmpdir(), 'connector-lab-kill-'));
  return spawn(
    process.execPath,
    ['bin/connector-lab.mjs', 'run', 'ports/', '--engine', 'containers', '--workers', '1', '--out', out],
    { cwd: root, stdio: 'ignore' },
  );
}

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
    for (let round = 0; round < 10; round++) {
      const child = await startRun();
      pids.push(child.pid);
      // By the clock on purpose: any moment, from before anything was made to the middle of a scenario.
      await new Promise((resolve) => setTimeout(resolve, 400 + Math.random() * 4000));
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
      cwd: root,
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
    await createNetwork(docker, alive, labelsFor('alive'));
    await createNetwork(docker, foreign, { 'com.example.project': 'not ours' });
    try {
      await sweep(docker);
      const names = (await docker.listNetworks()).map(({ Name }) => Name);
      expect(names).toEqual(expect.arrayContaining([alive, foreign]));
    } finally {
      await Promise.all([alive, foreign].map((name) => docker.getNetwork(name).remove()));
    }
  });
});
