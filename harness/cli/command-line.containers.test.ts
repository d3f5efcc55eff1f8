import { execFile, spawn } from 'node:child_process';
import { chmod, copyFile, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildCommandLine } from '../../docker/command-line.js';
import { type RunResults, runResultsSchema } from '../../model/verdict/results.js';
import { runtimeForTests } from '../engines/containers/testing.js';
import { compiledProgram } from './compiled-program.js';
import { type Ended, ended, folder } from './testing.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const docker = await runtimeForTests();
const name = `connector-lab/command-line:test-${process.pid}`;

const inDocker = async (...args: string[]) => (await run('docker', args)).stdout.trim();

/** As the documentation says it, and as narrow as a container can be. */
async function inContainer(work: string, ...args: string[]): Promise<Ended> {
  const narrow = ['--read-only', '--cap-drop', 'ALL', '--network', 'none'];
  try {
    const words = ['run', '--rm', ...narrow, '-v', `${work}:/work`, name, ...args];
    return { code: 0, ...(await run('docker', words)) };
  } catch (error) {
    return error as Ended;
  }
}

/** A folder that whoever runs in the container may write. */
async function openFolder(): Promise<string> {
  const work = await folder();
  await chmod(work, 0o777);
  return work;
}

async function resultsIn(out: string): Promise<RunResults> {
  return runResultsSchema.parse(JSON.parse(await readFile(join(out, 'results.json'), 'utf8')));
}

describe.skipIf(!docker)('the image of the command line', () => {
  beforeAll(async () => {
    if (!docker) return;
    const compiled = dirname(dirname(await compiledProgram()));
    await buildCommandLine(docker, { engine: 'embedded', progress: () => {}, folder: compiled, name });
  });
  afterAll(async () => {
    await docker?.getImage(name).remove({ force: true });
  });

  it('checks a site that lies in a folder, as nobody in particular, with a file system that cannot be written', async () => {
    const work = await openFolder();
    await copyFile(join(root, 'scenarios/sites/three-mistakes.yaml'), join(work, 'site.yaml'));
    const { code, stdout } = await inContainer(work, 'check', 'site.yaml');
    expect(stdout).toContain('2 things to mend');
    expect(code).toBe(1);
    expect(await readFile(join(work, 'connector-lab-out/requests.txt'), 'utf8')).toContain('servicebus');
  });

  it('says as whom to run it, where the folder is somebody else’s', async () => {
    const work = await folder();
    await copyFile(join(root, 'scenarios/sites/documented.yaml'), join(work, 'site.yaml'));
    await chmod(work, 0o755);
    const { code, stderr } = await inContainer(work, 'check', 'site.yaml', '--out', 'out');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('--user "$(id -u):$(id -g)"'),
    });
  });

  it('says what it is, holds no Debian that can become more, and no packages of others', async () => {
    const { version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const { Config, Size } = (await docker?.getImage(name).inspect()) ?? {};
    expect(Config).toMatchObject({ User: '1000:1000', Healthcheck: { Test: expect.any(Array) } });
    expect(Config?.Labels).toMatchObject({
      'org.opencontainers.image.title': 'connector-lab',
      'org.opencontainers.image.version': version,
      'org.opencontainers.image.licenses': license,
    });
    expect(Size).toBeLessThan(200e6);
    const look = 'find / -xdev -type f -perm /6000 2>/dev/null; ls /opt/connector-lab/node_modules';
    const shown = await inDocker('run', '--rm', '--entrypoint', 'sh', name, '-c', look);
    expect(shown).toBe('connector-lab');
  });

  it('keeps a lab that this computer gets into, and knows whether it answers', async () => {
    const work = await openFolder();
    await copyFile(join(root, 'scenarios/sites/documented.yaml'), join(work, 'site.yaml'));
    const up = ['up', 'site.yaml', '--engine', 'embedded', '--out', 'lab'];
    const id = await inDocker(
      'run',
      '-d',
      '--read-only',
      '-p',
      '127.0.0.1::8080',
      '-v',
      `${work}:/work`,
      name,
      ...up,
    );
    onTestFinished(async () => void (await inDocker('rm', '--force', id)));
    const healthy = () => inDocker('exec', id, 'node', '/opt/connector-lab/healthy.mjs');
    await expect(healthy()).rejects.toMatchObject({ code: 1 });
    await until(id, 'until Ctrl-C');
    await healthy();
    const proxy = `http://${await inDocker('port', id, '8080')}`;
    const roots = join(work, 'lab/lab-roots.pem');
    const curl = ['--silent', '--fail', '--proxy', proxy, '--cacert', roots, 'https://entra.microsoft.com/'];
    expect((await run('curl', curl)).stdout).toContain('Private network connectors');
    await inDocker('kill', '--signal', 'INT', id);
    expect(await inDocker('wait', id)).toBe('130');
  });

  it('runs in parts on a swarm of one node: what is killed runs again, and the merge is what one run gives', async () => {
    const had = await swarm();
    onTestFinished(() => endSwarm(had));
    const [work, out] = [await openFolder(), await folder()];
    const patterns = ['server/'];
    const service = `connector-lab-test-${process.pid}`;
    const job = spawn('sh', [join(root, 'templates/swarm.sh'), '4', ...patterns], {
      env: { ...process.env, IMAGE: name, NAME: service, OUT: out, AT_ONCE: '2' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = ended(job);
    const killed = await taskOf(service, 2);
    await until(killed, '✓');
    await inDocker('kill', killed);
    const { code, stdout, stderr } = await said;
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('Nothing deviates');
    expect(stderr).toMatch(new RegExp(`${service}\\.2: Failed .*137`));
    const whole = ['run', ...patterns, '--engine', 'embedded', '--out', 'whole'];
    expect(await inContainer(work, ...whole)).toMatchObject({ code: 0 });
    expect(comparable(await resultsIn(out))).toEqual(comparable(await resultsIn(join(work, 'whole'))));
    expect(await inDocker('volume', 'ls', '--quiet', '--filter', `name=${service}`)).toBe('');
    expect(await inDocker('service', 'ls', '--quiet', '--filter', `name=${service}`)).toBe('');
  });

  it('gives up a part that cannot start on a swarm, says why, and ends', async () => {
    const had = await swarm();
    onTestFinished(() => endSwarm(had));
    const service = `connector-lab-test-${process.pid}`;
    const nowhere = join(await folder(), 'nowhere');
    const env = {
      ...{ ...process.env, IMAGE: name, NAME: service, OUT: await folder() },
      MOUNT: `type=bind,source=${nowhere},target=/work`,
    };
    const job = spawn('sh', [join(root, 'templates/swarm.sh'), '2', 'server/os-version'], {
      ...{ env, stdio: ['ignore', 'pipe', 'pipe'] },
    });
    const { code, stderr } = await ended(job);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(new RegExp(`${service}\\.[12]: Rejected .*bind source path does not exist`));
    expect(await inDocker('service', 'ls', '--quiet', '--filter', `name=${service}`)).toBe('');
  });
});

/** Resolves when a container has printed the words. */
async function until(id: string, words: string): Promise<void> {
  const logs = spawn('docker', ['logs', '--follow', id], { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    await Promise.any(
      [logs.stdout, logs.stderr].map(async (input) => {
        for await (const line of createInterface({ input })) if (line.includes(words)) return;
        throw new Error(`${id} ended and did not say ${words}`);
      }),
    );
  } finally {
    logs.kill();
  }
}

/** The container of a service's task, once it runs. */
async function taskOf(service: string, slot: number): Promise<string> {
  let id = '';
  await expect
    .poll(async () => {
      id = await inDocker('ps', '--quiet', '--filter', `name=^/?${service}\\.${slot}\\.`);
      return id;
    })
    .not.toBe('');
  return id;
}

/** One node, on the loopback address, unless this engine is in a swarm already. */
async function swarm(): Promise<{ active: boolean; bridge: string }> {
  const active = (await inDocker('info', '--format', '{{.Swarm.LocalNodeState}}')) === 'active';
  const bridge = await inDocker('network', 'ls', '--quiet', '--filter', 'name=^docker_gwbridge$');
  if (!active)
    await inDocker('swarm', 'init', '--advertise-addr', '127.0.0.1', '--listen-addr', '127.0.0.1:2377');
  return { active, bridge };
}

async function endSwarm({ active, bridge }: { active: boolean; bridge: string }): Promise<void> {
  if (active) return;
  await inDocker('swarm', 'leave', '--force');
  if (bridge === '') await inDocker('network', 'rm', 'docker_gwbridge');
}

/** What does not say when it was, how long it took, and on which line of a log it stands. */
function comparable(results: RunResults): unknown {
  const ofThisRun = new Set(['startedAt', 'durationMs', 'events']);
  const moment = /\w{3} +\d+ [\d:]{8} \d{4} GMT/g;
  return JSON.parse(
    JSON.stringify(results, (key, value) => (ofThisRun.has(key) ? undefined : value)).replace(moment, 'then'),
  );
}
