const folder = process.env.STRYKER_FOLDER ?? 'policy';
const files = process.env.STRYKER_FILES?.split(',');
const folders = (process.env.STRYKER_TESTS ?? folder).split(',').map((name) => `model/${name}`);

export default {
  plugins: ['./dev/stryker/in-process.mjs'],
  testRunner: 'in-process',
  inProcess: {
    folders,
    without: ['model/repair/no-wider.test.ts'],
    withoutTests: [
      'of IPv6 fit as node:net says, and never an IPv4 rule',
      'is not changed by a rule behind it',
      'of ten thousand only those are looked at that have something in common',
    ],
    env: {
      CONNECTOR_LAB_ENGINE: 'embedded',
      GITHUB_ACTIONS: '',
      NO_COLOR: '1',
      NODE_ENV: 'test',
      VITEST: '1',
    },
  },
  mutate: [
    ...(files ?? [`model/${folder}/**/*.ts`]),
    '!model/**/*.test.ts',
    '!model/**/testing/**',
    '!model/**/testing*.ts',
    '!model/verdict/sample/**',
  ],
  ignorePatterns: [
    '*',
    '!model/**',
    '!package.json',
    '!tsconfig.json',
    '!scenarios',
    '!scenarios/**',
    '!docs',
    '!docs/examples/**',
    '!docs/sources/**',
  ],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  concurrency: 1,
  reporters: ['json', 'clear-text', 'progress-append-only'],
  clearTextReporter: {
    allowColor: false,
    allowEmojis: false,
    logTests: false,
    reportTests: false,
    reportMutants: false,
  },
  jsonReporter: { fileName: process.env.STRYKER_REPORT ?? `.stryker-tmp/${folder}.json` },
  tempDirName: `.stryker-tmp/${process.pid}`,
  timeoutMS: 60_000,
  timeoutFactor: 10,
  allowEmpty: true,
  warnings: { unknownOptions: false },
};
