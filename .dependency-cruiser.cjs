/**
 * What a folder may import, beside itself: what is not listed here fails. Read from the bottom up, it is
 * the house: data flows one way, and no import runs upwards, not even one of a type
 * (docs/architecture.md). The longest path that fits a file is its folder.
 */
const model = [
  'evidence',
  'requirements',
  'pac',
  'site',
  'policy',
  'path',
  'import',
  'diagnosis',
  'reproduction',
  'repair',
  'scenario',
  'verdict',
  'patch',
].map((name) => `model/${name}`);

const imports = {
  'model/evidence': [],
  'model/requirements': ['model/evidence'],
  'model/pac': [],
  'model/site': ['model/evidence', 'model/requirements', 'model/pac'],
  'model/policy': ['model/evidence', 'model/requirements', 'model/site'],
  // What people have becomes a site: nothing of what is done with one.
  'model/import': ['model/evidence', 'model/site', 'model/policy'],
  'model/path': ['model/evidence', 'model/requirements', 'model/pac', 'model/site', 'model/policy'],
  'model/repair': ['model/evidence', 'model/requirements', 'model/site', 'model/policy', 'model/path'],
  // The blindfold: a diagnosis can know nothing of sites, devices and rules.
  'model/diagnosis': ['model/evidence', 'model/requirements'],
  'model/reproduction': ['model/evidence', 'model/requirements', 'model/site', 'model/diagnosis'],
  'model/scenario': ['model/evidence', 'model/requirements', 'model/site', 'model/policy'],
  'model/verdict': [
    'model/evidence',
    'model/requirements',
    'model/site',
    'model/policy',
    'model/path',
    'model/repair',
    'model/scenario',
  ],
  // What is to be changed in files that people gave.
  'model/patch': [
    'model/evidence',
    'model/requirements',
    'model/site',
    'model/policy',
    'model/path',
    'model/import',
    'model/repair',
    'model/verdict',
  ],

  'reports/contract': model,
  'reports/app': ['reports/contract', ...model],
  reports: ['reports/contract', ...model],

  mocks: model,

  'docker/agent': ['mocks', ...model],
  docker: ['mocks', 'model/pac'],

  'harness/engines': ['docker', 'docker/agent', 'mocks', ...model],
  // Real clients are the tests of whole labs, one of them a browser.
  'harness/engines/clients': ['harness/engines', 'docker', 'docker/agent', 'mocks', 'reports', ...model],
  'harness/probe': ['harness/engines', 'mocks', ...model],
  'harness/run': ['harness/engines', ...model],
  'harness/cli': [
    'harness/run',
    'harness/probe',
    'harness/engines',
    'reports',
    'reports/contract',
    'docker',
    'mocks',
    ...model,
  ],
  harness: ['harness/run', 'harness/engines', ...model],

  scenarios: ['harness'],
};
const everything = [...Object.keys(imports), 'dev', 'docs'];
imports.dev = everything;
imports.docs = everything;
imports.bin = ['harness/cli'];

const folders = Object.keys(imports);
/** The files of a folder, without those of folders in it that have rules of their own. */
const filesOf = (folder) => {
  const inside = folders.filter((other) => other.startsWith(`${folder}/`));
  return { path: `^${folder}/`, ...(inside.length > 0 && { pathNot: `^(${inside.join('|')})/` }) };
};
const allowed = folders.flatMap((folder) =>
  [folder, ...imports[folder]].map((to) => ({ from: filesOf(folder), to: filesOf(to) })),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Of types neither: two files that need each other share a noun that wants a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'the-model-opens-nothing',
      comment:
        'What a verdict, a report or an import needs runs wherever Node does. One file has a thread: only from outside can code that nobody here wrote be ended.',
      severity: 'error',
      from: { path: '^model/', pathNot: '(\\.test|^model/pac/(sandbox|guest))\\.ts$' },
      to: { path: '^(node:)?(net|tls|dgram|dns|http|http2|https|child_process|cluster|worker_threads)(/|$)' },
    },
    {
      name: 'mocks-open-no-sockets',
      comment: 'Types are fine; connections come from the NetworkStack. One file makes the pairs behind it.',
      severity: 'error',
      from: { path: '^mocks/', pathNot: '(\\.test|^mocks/loopback/socket-pair)\\.ts$' },
      to: { path: '^(node:)?(net|dgram|dns)$', dependencyTypesNot: ['type-only'] },
    },
  ],
  allowed: [
    ...allowed,
    { from: {}, to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-peer', 'npm-optional'] } },
    { from: {}, to: { dependencyTypes: ['type-only'], path: '^node_modules/' } },
    // Vite's types come by an export that resolves to no file.
    { from: { path: '^reports/html/build-page' }, to: { path: '^vite$' } },
    // The same of a table reader's.
    { from: { path: '^model/import/table/records' }, to: { path: '^csv-parse/sync$' } },
    { from: {}, to: { path: '^package\\.json$' } },
    // It has a package.json of its own, is not always installed, and runs the tests of the whole.
    {
      from: { path: '^dev/stryker/' },
      to: { path: '(^|/)node_modules/|^(@stryker-mutator|@vitest|tsx|vitest|zod|fast-check|ajv|yaml)(/|$)' },
    },
  ],
  allowedSeverity: 'error',
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.d\\.ts$' },
    moduleSystems: ['es6'],
  },
};
