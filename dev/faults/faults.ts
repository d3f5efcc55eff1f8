import type { Fault, Struck } from './fault.js';
import { onContainers, onOwnEngine } from './faults-of-engines.js';

/** Node's options that make the computer's clock jump by an hour ten times a second. */
function jumping(hours: 1 | -1): NodeJS.ProcessEnv {
  const clock = `
    const { now } = Date;
    Date.now = () => now() + ${hours} * Math.floor(performance.now() / 100) * 3_600_000;
  `;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(clock)}` };
}

function signal(name: NodeJS.Signals, to: 'process' | 'group' = 'process') {
  return async ({ run }: Struck) => {
    process.kill(to === 'group' ? -run.pid : run.pid, name);
    return 'the runner';
  };
}

/** What can happen to a run on every engine. */
const everywhere: readonly Fault[] = [
  { name: 'kill -9 of the runner', end: 'killed', strike: signal('SIGKILL') },
  {
    name: 'kill -9 of a worker',
    end: 'lab-fails',
    workers: true,
    async strike({ run, draw }) {
      const workers = await run.family.workers();
      if (workers.length === 0) return undefined;
      const { pid } = draw.oneOf(workers);
      process.kill(pid, 'SIGKILL');
      return `one of ${workers.length}`;
    },
  },
  {
    name: 'SIGHUP, nobody reads any more',
    end: 'interrupted',
    async strike({ run }) {
      run.child.stdout?.destroy();
      run.child.stderr?.destroy();
      run.child.kill('SIGHUP');
      return 'the runner';
    },
  },
  { name: 'SIGTERM', end: 'interrupted', strike: signal('SIGTERM') },
  { name: 'Ctrl-C', end: 'interrupted', strike: signal('SIGINT', 'group') },
  {
    name: 'standard output closed',
    end: 'unharmed',
    async strike({ run }) {
      run.child.stdout?.destroy();
      return 'the runner';
    },
  },
  {
    name: 'few file handles',
    end: 'starved',
    circumstances(draw) {
      const most = draw.int(20, 140);
      return {
        words: `ulimit -n ${most}`,
        under: ['bash', '-c', `ulimit -n ${most}; exec "$@"`, 'bash'],
      };
    },
  },
  {
    name: 'small heap',
    end: 'starved',
    circumstances(draw) {
      const most = `--max-old-space-size=${draw.int(24, 64)}`;
      return { words: most, env: { NODE_OPTIONS: most } };
    },
  },
  {
    name: 'clock that jumps forward',
    end: 'unharmed',
    circumstances: () => ({ words: '10 hours a second', env: jumping(1) }),
  },
  {
    name: 'clock that jumps back',
    end: 'unharmed',
    circumstances: () => ({ words: '10 hours a second', env: jumping(-1) }),
  },
];

const onThisComputer: readonly Fault[] = [
  {
    name: 'small /dev/shm',
    end: 'unharmed',
    circumstances: () => ({
      words: '4 KiB',
      under: onMount('mount -t tmpfs -o size=4k none /dev/shm'),
    }),
  },
];

/** Starts a program that sees a mount of its own. */
function onMount(mount: string): string[] {
  return ['unshare', '--mount', 'sh', '-c', `${mount} && exec "$@"`, 'sh'];
}

export const faultsOf: Readonly<Record<Where, readonly Fault[]>> = {
  embedded: [...everywhere, ...onThisComputer],
  containers: [...everywhere, ...onContainers],
  'own-engine': onOwnEngine,
};

/** `own-engine`: containers, on an engine that is started for this and may be ended. */
export type Where = 'embedded' | 'containers' | 'own-engine';
