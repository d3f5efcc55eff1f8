import { expect, it, onTestFinished } from 'vitest';
import { EmbeddedEngine } from '../engines/embedded/embedded-engine.js';
import { finishAll } from './pool.js';
import { signallingBlocked } from './testing.js';

/** As many as two workers are for. */
const tasks = Array.from({ length: 24 }, () => ({
  scenario: signallingBlocked,
  file: '/nowhere/a.scenario.ts',
}));

async function reasons(): Promise<Set<string | undefined>> {
  const found = new Set<string | undefined>();
  await finishAll(tasks, {
    engine: new EmbeddedEngine(),
    workers: 2,
    startAt: Date.now(),
    onStarted: async () => {},
    onFinished: async (_, { results: { outcome, reason } }) => {
      expect(outcome).toBe('failed');
      found.add(reason);
    },
  });
  return found;
}

it('a scenario whose worker cannot be started has failed, and says why', async () => {
  const { execPath } = process;
  onTestFinished(() => {
    process.execPath = execPath;
  });
  process.execPath = '/nowhere/node';
  expect([...(await reasons())]).toEqual([
    'the lab failed: its worker process cannot be used: spawn /nowhere/node ENOENT',
  ]);
});

it('a scenario whose file is gone has failed, and says which', async () => {
  const [reason, ...others] = await reasons();
  expect(reason).toContain('/nowhere/a.scenario.ts');
  expect(others).toEqual([]);
});
