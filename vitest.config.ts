import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{harness,mocks,reports,scenarios,dev,docs}/**/*.test.ts'],
    // One process for all files: start-up costs more than isolation is worth here, and no test
    // may leave global state behind anyway.
    pool: 'threads',
    isolate: false,
    testTimeout: 30_000,
    reporters: ['default', './dev/closing-line.ts'],
  },
});
