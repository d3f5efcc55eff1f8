import { defineConfig } from 'vitest/config';

/**
 * Tests on real machines, and of the package as npm installs it: one after the other, because they
 * share two cores with their containers.
 */
export default defineConfig({
  test: {
    include: ['{model,harness,mocks,docker,docs,dev,reports}/**/*.containers.test.ts'],
    globalSetup: ['./dev/temporary-folder.ts', './dev/sweep.ts'],
    pool: 'forks',
    isolate: false,
    maxWorkers: 1,
    // For hangs: a busy machine takes as long as it takes.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    expect: { poll: { timeout: 600_000 } },
    // Tests read plain text, also where CI asks for colour.
    env: { GITHUB_ACTIONS: '', NO_COLOR: '1' },
    reporters: ['default', './dev/closing-line.ts'],
  },
});
