// `npm test`: sets up, then everything that must hold, cheapest first; side by side what can be.
import { existsSync } from 'node:fs';
import { chromium, install, installEngine, installJudges, root } from './set-up.mjs';
import { sideBySide } from './side-by-side.mjs';

install();
installJudges();
if (!existsSync(chromium)) console.error('No Chromium: tests of pages in a browser are skipped.');
const noEngine = installEngine();
const isCi = process.env.CI === 'true';
if (noEngine && isCi) {
  console.error(noEngine);
  process.exit(3);
}
if (noEngine) console.error(`Tests on real machines are skipped: ${noEngine}`);

const tools = {
  biome: '@biomejs/biome/bin/biome',
  tsc: 'typescript/bin/tsc',
  depcruise: 'dependency-cruiser/bin/dependency-cruise.mjs',
  knip: 'knip/bin/knip.js',
  vitest: 'vitest/vitest.mjs',
};
const tool = (name, ...args) => ({
  name: [name, ...args].join(' '),
  args: [`${root}node_modules/${tools[name]}`, ...args],
});
const folders = ['model', 'harness', 'mocks', 'reports', 'scenarios', 'docker', 'dev', 'docs'];
const only = process.argv.slice(2);

await sideBySide([
  tool('biome', 'check', '.'),
  tool('tsc', '-p', '.'),
  tool('tsc', '-p', 'reports/app'),
  tool('tsc', '-p', 'mocks/cloud/browser'),
  tool('depcruise', '--config', '.dependency-cruiser.cjs', ...folders),
  tool('knip'),
  // What the tests on real machines wait for.
  ...(noEngine ? [] : [{ name: 'images', args: ['bin/connector-lab.mjs', 'images'] }]),
]);
// In CI the catalogue runs on a current line, and on this machine's Node by parity.
const elsewhere = !isCi || noEngine || only.length > 0 ? [] : ['--exclude', 'scenarios/catalogue.test.ts'];
// Both ends of what package.json promises: this machine's Node and a current line.
await sideBySide([
  { ...tool('vitest', 'run', ...elsewhere, ...only), live: true },
  ...(isCi ? [{ name: 'vitest on a current Node', args: ['dev/current-node.mjs', ...only] }] : []),
]);
// Real machines come and go, and with them addresses of this computer: a browser that fetches a page
// beside them drops it. So they come last.
await sideBySide([
  // The package is tried without an engine, too.
  tool('vitest', 'run', '--config', 'vitest.containers.config.ts'),
  ...(noEngine ? [] : [{ name: 'parity', args: ['--import', 'tsx', 'dev/parity.ts'] }]),
]);
