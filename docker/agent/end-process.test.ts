import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { endProcess } from './end-process.js';

const start = (script: string) => spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
const forEver = 'setInterval(() => {}, 1e6)';

it('ends a program that runs', async () => {
  const child = start(forEver);
  await endProcess(child);
  expect(child.signalCode).toBe('SIGKILL');
});

it('does not wait for one that has ended by itself, or by a signal', async () => {
  const [ended, killed] = [start('process.exit(3)'), start(forEver)];
  const gone = Promise.all([once(ended, 'exit'), once(killed, 'exit')]);
  killed.kill('SIGTERM');
  await gone;
  await Promise.all([endProcess(ended), endProcess(killed)]);
  expect([ended.exitCode, killed.signalCode]).toEqual([3, 'SIGTERM']);
});
