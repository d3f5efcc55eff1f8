// `npm test`: sets up, then everything that must hold, cheapest first.
import { existsSync } from 'node:fs';
import { chromium, install, installChromium, installEngine, root, run } from './set-up.mjs';

install();
installChromium();
if (!existsSync(chromium)) console.error('No Chromium: tests of pages in a browser are skipped.');
const noEngine = installEngine();
if (noEngine && process.env.CI === 'true') {
  console.error(noEngine);
  process.exit(3);
}
if (noEngine) console.error(`Tests on real machines are skipped: ${noEngine}`);

const tool = (name, ...args) => {
  console.error(`\n── ${name} ${args.join(' ')}`);
  run(process.execPath, [`${root}node_modules/${tools[name]}`, ...args]);
};
const tools = {
  biome: '@biomejs/biome/bin/biome',
  tsc: 'typescript/bin/tsc',
  depcruise: 'dependency-cruiser/bin/dependency-cruise.mjs',
  knip: 'knip/bin/knip.js',
  vitest: 'vitest/vitest.mjs',
};

tool('biome', 'check', '.');
tool('tsc', '-p', '.');
tool('tsc', '-p', 'reports/app');
tool(
  'depcruise',
  '--config',
  '.dependency-cruiser.cjs',
  'model',
  'harness',
  'mocks',
  'reports',
  'scenarios',
  'docker',
  'dev',
  'docs',
);
tool('knip');
tool('vitest', 'run', ...process.argv.slice(2));
// Both ends of what package.json promises: this machine's Node and a current line.
if (process.env.CI === 'true') run(process.execPath, ['dev/current-node.mjs', ...process.argv.slice(2)]);
// Real machines, last: they take longest.
if (!noEngine) {
  tool('vitest', 'run', '--config', 'vitest.containers.config.ts');
  console.error('\n── parity');
  run(process.execPath, ['--import', 'tsx', 'dev/parity.ts']);
}
