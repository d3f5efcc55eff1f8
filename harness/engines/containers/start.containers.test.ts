import { randomUUID } from 'node:crypto';
import type Docker from 'dockerode';
import { describe, expect, it } from 'vitest';
import { ensureImage } from '../../../docker/images.js';
import { Machines } from './machines.js';
import { madeByRuns, runtimeForTests, viewOf } from './testing.js';

const docker = await runtimeForTests();

/** The engine, but to attach to the `nth` container fails. */
function failingAt(nth: number, engine: Docker): Docker {
  let attached = 0;
  const getContainer = (id: string) => {
    const container = engine.getContainer(id);
    const attach = container.attach.bind(container) as (options: object) => Promise<unknown>;
    const orFail = (options: object) =>
      ++attached === nth ? Promise.reject(new Error('no room')) : attach(options);
    return Object.assign(container, { attach: orFail });
  };
  return Object.assign(Object.create(engine) as Docker, { getContainer });
}

describe.skipIf(!docker)('a machine that does not start', () => {
  it.each([1, 3, 6])('leaves nothing behind, of itself or of the others: number %i', async (nth) => {
    if (!docker) return;
    const image = await ensureImage(docker, () => {});
    const left = () => madeByRuns(viewOf(docker, process.pid));
    const before = await left();
    const started = Machines.start(failingAt(nth, docker), image, randomUUID());
    await expect(started).rejects.toThrow('no room');
    expect(await left()).toEqual(before);
  });
});
