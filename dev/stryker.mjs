// `npm run stryker [FOLDER]…`: breaks the pure parts of the model, one operator or value at a time, and says which
// breakages their tests do not notice. Folders of `model`; without one, those of which the page has the score.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, root, run } from './set-up.mjs';
import { survivors, tally } from './stryker/survivors.mjs';

const home = join(root, 'dev/stryker');
const asked = process.argv.slice(2);
const folders = asked.length > 0 ? asked : ['policy', 'path', 'verdict', 'site'];

install();
if (!existsSync(join(home, 'node_modules/.package-lock.json'))) {
  console.error('Installing Stryker (once) …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: home });
}
for (const folder of folders) {
  const env = { ...process.env, STRYKER_FOLDER: folder };
  run(join(home, 'node_modules/.bin/stryker'), ['run', join(home, 'stryker.config.mjs')], { env });
  const { files } = JSON.parse(readFileSync(join(root, `.stryker-tmp/${folder}.json`), 'utf8'));
  for (const [name, file] of Object.entries(files))
    for (const line of survivors(name, file)) console.log(line);
  console.log(`model/${folder}: ${tally(Object.values(files))}`);
}
