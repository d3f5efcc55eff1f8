const pure = '^harness/(requirements|policy|site|evidence|verdict|scenario)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'pure-parts-know-no-engine',
      comment: 'What a verdict rests on must not depend on how the lab was run.',
      severity: 'error',
      from: { path: pure },
      to: { path: '^(harness/(engines|run|cli)/|mocks/|reports/)' },
    },
    {
      name: 'mocks-meet-the-world-through-the-port',
      severity: 'error',
      // Real clients are tests of a whole lab.
      from: { path: '^mocks/', pathNot: '^mocks/clients/|(\\.test|/testing)\\.ts$' },
      to: { path: '^(harness/(engines|scenario|run|cli|verdict)/|reports/)' },
    },
    {
      name: 'mocks-open-no-sockets',
      comment: 'Types are fine; connections come from the NetworkStack.',
      severity: 'error',
      from: { path: '^mocks/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(node:)?(net|dgram|dns)$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'engines-are-below-the-runner',
      severity: 'error',
      from: { path: '^harness/engines/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(harness/(run|cli)/|reports/)' },
    },
    {
      name: 'machines-know-no-engine-of-theirs',
      comment: 'What runs inside a container must not load the harness that starts containers.',
      severity: 'error',
      from: { path: '^docker/agent/' },
      to: { path: '^(harness/(engines/(containers|embedded)|run|cli|scenario|verdict)/|reports/)' },
    },
    {
      name: 'reports-read-contracts-only',
      severity: 'error',
      from: { path: '^reports/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(mocks/|harness/(engines|run|cli|scenario)/)' },
    },
    {
      name: 'nobody-imports-the-command-line',
      severity: 'error',
      from: { pathNot: '^harness/cli/' },
      to: { path: '^harness/cli/' },
    },
    {
      name: 'the-lower-never-imports-the-higher',
      comment: 'evidence < requirements < site < policy < scenario < verdict',
      severity: 'error',
      from: { path: '^harness/(evidence|requirements)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^harness/(site|policy|scenario|verdict)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.d\\.ts$' },
    moduleSystems: ['es6'],
  },
};
