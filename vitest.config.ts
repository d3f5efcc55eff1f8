import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import LongestFirst from './dev/longest-first.js';

export default defineConfig({
  test: {
    include: ['{model,harness,mocks,reports,scenarios,dev,docs,docker}/**/*.test.ts'],
    exclude: ['**/*.containers.test.ts', '**/node_modules/**', 'dist/**'],
    globalSetup: './dev/temporary-folder.ts',
    // Start-up costs more than isolation is worth here, and no test may leave global state behind
    // anyway. Processes, not threads: threads share one pool for cryptography.
    pool: 'forks',
    isolate: false,
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    // For hangs: a busy machine takes as long as it takes.
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    expect: { poll: { timeout: 480_000 } },
    // Tests say themselves when they want real machines, colour, or what is done on GitHub Actions.
    env: { CONNECTOR_LAB_ENGINE: 'embedded', GITHUB_ACTIONS: '', NO_COLOR: '1' },
    reporters: ['default', './dev/closing-line.ts'],
  },
});
