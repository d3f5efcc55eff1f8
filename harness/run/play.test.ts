import { afterEach, expect, it, vi } from 'vitest';
import type { Engine, Lab } from '../engines/engine.js';
import { play } from './play.js';
import { signallingBlocked } from './testing.js';

afterEach(() => vi.useRealTimers());

it('a step that never ends ends its scenario, and says which it was', async () => {
  vi.useFakeTimers();
  let disposed = false;
  const lab = {
    begin: () => {},
    perform: () => new Promise<void>(() => {}),
    [Symbol.asyncDispose]: async () => {
      disposed = true;
    },
  };
  const engine = { open: async () => lab as unknown as Lab } as unknown as Engine;
  const played = expect(play(signallingBlocked, engine, { startAt: 0 })).rejects.toThrow(
    '"app-proxy-01: install" did not end in 180 s',
  );
  await vi.advanceTimersByTimeAsync(180_000);
  await played;
  expect(disposed).toBe(true);
});
