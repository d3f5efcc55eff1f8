import { resolve } from 'node:path';

const folder = process.env.STRYKER_FOLDER ?? 'policy';
const report = process.env.STRYKER_REPORT ?? `.stryker-tmp/${folder}.json`;
const files = process.env.STRYKER_FILES?.split(',') ?? [`model/${folder}/**/*.ts`];

export default {
  plugins: ['./dev/stryker/in-process.mjs'],
  testRunner: 'in-process',
  inProcess: {
    // Those beside the sources: what other folders' tests notice does not count.
    folders: [`model/${folder}`],
    // Drawn at random in their hundreds: a survivor would meet all of them, and a tenth of a second each.
    withoutTests: [
      'of IPv6 fit as node:net says, and never an IPv4 rule',
      'is not changed by a rule behind it',
      'of ten thousand only those are looked at that have something in common',
    ],
    kept: resolve(`${report}l`),
    env: { CONNECTOR_LAB_ENGINE: 'embedded', GITHUB_ACTIONS: '', NO_COLOR: '1' },
  },
  // Not what tests are made of, nor the samples that pages of the documentation show.
  mutate: [
    ...files,
    '!model/**/*.test.ts',
    '!model/**/testing/**',
    '!model/**/testing*.ts',
    '!model/verdict/sample/**',
  ],
  // What is copied: the model, and what its tests read.
  ignorePatterns: ['*', '!model/**', '!package.json', '!tsconfig.json', '!scenarios', '!scenarios/**'],
  coverageAnalysis: 'perTest',
  // Tables and schemas that are made when a module is loaded would need a process each.
  ignoreStatic: true,
  concurrency: 1,
  // A loop that does not end is noticed by its turns; this is for what hangs without one.
  timeoutMS: 60_000,
  timeoutFactor: 10,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: report },
  tempDirName: `.stryker-tmp/${process.pid}`,
  allowEmpty: true,
  warnings: { unknownOptions: false },
};
