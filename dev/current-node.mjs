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
/**
 * Not again: what another Node does not change. Pages, which Chromium shows; what is made of results; the
 * documentation's examples; what the compiler says; what is pure, and what is drawn by the same seed. Sockets,
 * TLS, processes, threads and the catalogue are.
 */
const once = [
  ...['model/!(pac)/**', '**/oracle*.test.ts'],
  'reports/**',
  '**/portal.test.ts',
  '**/sign-in-page.test.ts',
  'docs/**',
  'dev/**',
];
const excluded = once.flatMap((pattern) => ['--exclude', pattern]);
run(node, [`${root}node_modules/vitest/vitest.mjs`, 'run', ...excluded, ...process.argv.slice(2)]);
