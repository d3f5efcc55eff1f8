import type Docker from 'dockerode';
import { describe, expect, it } from 'vitest';
import { assertSameEngine } from './runtime.js';
import { runtimeForTests } from './testing.js';

const docker = await runtimeForTests();

describe.skipIf(!docker)('the engine of the machines', () => {
  it('is the one that was found; a lab that would be half on another one does not start', async () => {
    if (!docker) return;
    await assertSameEngine(docker);
    const another = { info: async () => ({ ID: 'another' }) } as unknown as Docker;
    await expect(assertSameEngine(another)).rejects.toThrow(
      /^testcontainers cannot use .*, and would take another engine: /,
    );
  });
});
