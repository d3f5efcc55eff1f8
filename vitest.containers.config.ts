import { defineConfig } from 'vitest/config';

/** Tests on real machines: one after the other, because they share two cores with their containers. */
export default defineConfig({
  test: {
    include: ['{model,harness,mocks,docker,docs,reports}/**/*.containers.test.ts'],
    globalSetup: './dev/temporary-folder.ts',
    pool: 'forks',
    isolate: false,
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Tests read plain text, also where CI asks for colour.
    env: { GITHUB_ACTIONS: '', NO_COLOR: '1' },
    reporters: ['default', './dev/closing-line.ts'],
  },
});
