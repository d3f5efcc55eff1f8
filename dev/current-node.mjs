// `npm run test:current-node`: the tests again, on a current line of Node.
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, root, run } from './set-up.mjs';

install();
const line = '24';
const prefix = join(tmpdir(), `connector-lab-node-${line}-${process.getuid?.() ?? 0}`);
const node = join(prefix, 'node_modules/node/bin/node');
if (!existsSync(node)) {
  console.error(`Fetching Node ${line} (once) …`);
  run('npm', ['install', '--prefix', prefix, '--no-audit', '--no-fund', '--loglevel=error', `node@${line}`]);
}
console.error('\n── vitest on Node');
run(node, ['--version']);
/** Not again: pages, which Chromium shows, and the documentation's examples. Another Node changes neither. */
const once = ['reports/html/**', '**/portal.test.ts', '**/page.test.ts', 'docs/**'];
const excluded = once.flatMap((pattern) => ['--exclude', pattern]);
run(node, [`${root}node_modules/vitest/vitest.mjs`, 'run', ...excluded, ...process.argv.slice(2)]);
