import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { Fault, Struck } from './fault.js';

/** Does something to one of a run's own containers; returns its role. */
async function toContainer(
  { labs, draw }: Struck,
  work: (container: Docker.Container) => Promise<string | undefined>,
): Promise<string | undefined> {
  const running = (await labs?.ours.containers())?.filter(({ State }) => State === 'running') ?? [];
  if (!labs || running.length === 0) return undefined;
  const { Id, Names } = draw.oneOf(running);
  // connector-lab-0123456789-server-1
  const role = Names[0]?.split('-').slice(3).join('-') ?? Id;
  try {
    const words = await work(labs.docker.getContainer(Id));
    return words === undefined ? undefined : `${role}${words}`;
  } catch (error) {
    // It was on its way out.
    if ([404, 409].includes((error as { statusCode?: number }).statusCode ?? 0)) return undefined;
    throw error;
  }
}

/** How long something is held up, milliseconds: longer than answers take, shorter than anybody's patience. */
const heldUpMs = 3000;

export const onContainers: readonly Fault[] = [
  {
    name: 'kill -9 of a container',
    end: 'lab-fails',
    strike: (struck) =>
      toContainer(struck, async (container) => {
        await container.kill();
        return '';
      }),
  },
  {
    name: 'a container paused, and unpaused',
    end: 'unharmed',
    strike: (struck) =>
      toContainer(struck, async (container) => {
        await container.pause();
        await setTimeout(heldUpMs);
        await container.unpause();
        return `, ${heldUpMs / 1000} s`;
      }),
  },
  {
    name: 'a container paused for good',
    end: 'lab-fails',
    strike: (struck) =>
      toContainer(struck, async (container) => {
        await container.pause();
        return '';
      }),
  },
  {
    name: 'small /dev/shm of a machine',
    end: 'lab-fails',
    strike: (struck) =>
      toContainer(struck, async (container) => {
        const { State } = await container.inspect();
        const remount = ['mount', '-o', 'remount,size=64k', '/dev/shm'];
        const { status } = spawnSync('nsenter', ['-t', `${State.Pid}`, '-m', ...remount]);
        return status === 0 ? ', 64 KiB' : undefined;
      }),
  },
];

export const onOwnEngine: readonly Fault[] = [
  {
    name: 'kill -9 of the engine',
    end: 'engine-gone',
    async strike({ daemon }) {
      if (daemon) process.kill(daemon.pid, 'SIGKILL');
      return 'dockerd';
    },
  },
  {
    name: 'the engine stopped, and continued',
    end: 'unharmed',
    async strike({ daemon }) {
      if (!daemon) return undefined;
      process.kill(daemon.pid, 'SIGSTOP');
      await setTimeout(heldUpMs);
      process.kill(daemon.pid, 'SIGCONT');
      return `dockerd, ${heldUpMs / 1000} s`;
    },
  },
  {
    name: 'the engine stopped for good',
    end: 'engine-gone',
    async strike({ daemon }) {
      if (daemon) process.kill(daemon.pid, 'SIGSTOP');
      return 'dockerd';
    },
  },
];
