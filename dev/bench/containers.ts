import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Docker from 'dockerode';
import { ensureImage } from '../../docker/images.js';
import { ContainersEngine } from '../../harness/engines/containers/containers-engine.js';
import { labelsFor } from '../../harness/engines/containers/labels.js';
import { Machines } from '../../harness/engines/containers/machines.js';
import { findRuntime } from '../../harness/engines/containers/runtime.js';
import { ownContainers } from '../../harness/engines/containers/testing.js';
import { loadScenarios } from '../../model/scenario/load.js';
import { documentedSite } from '../../model/site/documented.js';
import { median, print, seconds } from './measure.js';

/** The budgets of the containers engine. Needs a container runtime. */
const docker = await findRuntime();
const image = await ensureImage(docker, (text) => console.error(text));
const roles = ['gateway', 'cloud', 'applications', 'users', 'proxy', 'server'];

const bare = await median(() => startBare());
const up = await median(async () => {
  const began = performance.now();
  const machines = await Machines.start(docker, image, 'bench');
  const ms = performance.now() - began;
  await machines[Symbol.asyncDispose]();
  return ms;
});
print(
  'lab up, against the same containers through the bare API',
  up / bare,
  '≤ 1.3',
  `${up.toFixed(0)} ms, ${bare.toFixed(0)} ms`,
);

const afresh = await median(() => startWithTestcontainers());
const next = await warmLab();
print(
  'next lab, warm, against plain testcontainers',
  next / afresh,
  '≤ 0.05',
  `${next.toFixed(0)} ms, ${afresh.toFixed(0)} ms`,
);

print('verdict on a dropped connection, ms', await dropped(), '≤ 50');

const { throughFirewall, direct } = await throughput();
print(
  'throughput through the firewall, against a direct link',
  throughFirewall / direct,
  '≥ 0.8',
  `${throughFirewall.toFixed(1)} and ${direct.toFixed(1)} Gbit/s`,
);

// Last: nobody answers the engine's sockets while this process waits for another.
const count = (await loadScenarios(fileURLToPath(new URL('../../scenarios', import.meta.url)))).length;
const out = await mkdtemp(join(tmpdir(), 'connector-lab-bench-'));
const whole = seconds('run', '--engine', 'containers', '--out', out);
print(
  'whole catalogue, seconds for 60 scenarios',
  (whole / count) * 60,
  '≤ 60',
  `${count} scenarios in ${whole.toFixed(1)} s, command to report`,
);

/** Two networks of the engine and six containers, everything at once, and nothing else. Milliseconds. */
async function startBare(): Promise<number> {
  const prefix = `connector-lab-bench-${randomBytes(4).toString('hex')}`;
  const labels = labelsFor('bench');
  const began = performance.now();
  await Promise.all(
    ['in', 'out'].map((name) => docker.createNetwork({ Name: `${prefix}-${name}`, Labels: labels })),
  );
  const containers = await Promise.all(
    roles.map(async (role) => {
      const container = await docker.createContainer({
        Image: image,
        Cmd: [role],
        OpenStdin: true,
        Labels: labels,
        HostConfig: { NetworkMode: `${prefix}-in`, CapAdd: ['NET_ADMIN'] },
      });
      if (role === 'gateway') await docker.getNetwork(`${prefix}-out`).connect({ Container: container.id });
      await container.start();
      return container;
    }),
  );
  const ms = performance.now() - began;
  await Promise.all(containers.map((container) => container.remove({ force: true })));
  await Promise.all(['in', 'out'].map((name) => docker.getNetwork(`${prefix}-${name}`).remove()));
  return ms;
}

/** The same as people would write it without us: networks and containers of testcontainers, in parallel. */
async function startWithTestcontainers(): Promise<number> {
  const { GenericContainer, Network } = await import('testcontainers');
  const began = performance.now();
  const network = await new Network().start();
  const containers = await Promise.all(
    roles.map((role) =>
      new GenericContainer(image)
        .withEntrypoint(['sleep', 'infinity'])
        .withCommand([])
        .withNetwork(network)
        .withNetworkAliases(role)
        .withAddedCapabilities('NET_ADMIN')
        .start(),
    ),
  );
  const ms = performance.now() - began;
  await Promise.all(containers.map((container) => container.stop({ timeout: 0 })));
  await network.stop();
  return ms;
}

/** From the end of one scenario to the first step of the next: emptied, proved, and another site put up. */
async function warmLab(): Promise<number> {
  await using engine = await ContainersEngine.start(docker);
  const options = { scenario: 'bench', startAt: Date.now(), record: () => {} };
  let lab = await engine.open(documentedSite(), options);
  const ms = await median(async () => {
    const began = performance.now();
    await lab[Symbol.asyncDispose]();
    lab = await engine.open(documentedSite(), options);
    return performance.now() - began;
  });
  await lab[Symbol.asyncDispose]();
  return ms;
}

/** From the first packet of a connection that is dropped to the end of the step that made it. Milliseconds. */
async function dropped(): Promise<number> {
  await using engine = await ContainersEngine.start(docker);
  const options = { scenario: 'bench', startAt: Date.now(), record: () => {} };
  await using lab = await engine.open(documentedSite({ firewall: { default: 'drop' } }), options);
  const step = {
    do: 'reach',
    from: 'app-proxy-01',
    account: 'network-service',
    host: '198.18.80.1',
    port: 25,
  } as const;
  // Awaited here: the lab must outlive what is measured in it.
  return await median(async () => {
    const began = performance.now();
    await lab.perform(step);
    return performance.now() - began;
  });
}

/** Gbit/s from the cloud to a server behind the gateway, and to a user on its own network. */
async function throughput(): Promise<{ throughFirewall: number; direct: number }> {
  await using engine = await ContainersEngine.start(docker);
  const options = { scenario: 'bench', startAt: Date.now(), record: () => {} };
  await using _ = await engine.open(documentedSite({ firewall: { default: 'allow' } }), options);
  const list = await ownContainers(docker);
  const of = (role: string) =>
    docker.getContainer(list.find(({ Names }) => Names.some((name) => name.includes(`-${role}`)))?.Id ?? '');
  const source =
    "require('net').createServer(s=>{const b=Buffer.alloc(1<<20);const w=()=>{while(s.write(b));s.once('drain',w)};s.on('error',()=>{});w()}).listen(5001)";
  await exec(of('cloud'), ['node', '-e', source], { detach: true });
  const sink =
    "let n=0;const s=require('net').connect(5001,'198.19.0.2');s.on('data',d=>n+=d.length);let t;s.on('connect',()=>{t=process.hrtime.bigint();setTimeout(()=>{console.log(n*8/Number(process.hrtime.bigint()-t));process.exit()},1500)})";
  const measure = (role: string) =>
    median(async () => Number((await exec(of(role), ['node', '-e', sink])).match(/[\d.]+/)?.[0]));
  return { direct: await measure('users'), throughFirewall: await measure('server-1') };
}

async function exec(
  container: Docker.Container,
  command: string[],
  { detach = false } = {},
): Promise<string> {
  const run = await container.exec({ Cmd: command, AttachStdout: true, AttachStderr: true });
  const stream = await run.start({ Detach: detach });
  if (detach) return '';
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).subarray(8).toString();
}
