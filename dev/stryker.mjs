// `npm run stryker [FOLDER | FOLDER/FILE.ts]…`: breaks the pure parts of the model, one operator, condition or value
// at a time, and says of which breakages their tests do not know. Without one, the folders of which the page tells.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { install, root, run } from './set-up.mjs';
import { survivors, tally } from './stryker/survivors.mjs';

const home = join(root, 'dev/stryker');
const asked = process.argv.slice(2);

install();
if (!existsSync(join(home, 'node_modules/.package-lock.json'))) {
  console.error('Installing Stryker (once) …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: home });
}
const said = (asked.length > 0 ? asked : ['policy', 'path', 'verdict', 'site']).map((what) => {
  const [folder] = what.split('/');
  const report = join(root, `.stryker-tmp/${what.replaceAll('/', '-')}.json`);
  const one = what === folder ? {} : { STRYKER_FILES: `model/${what}` };
  const env = { ...process.env, STRYKER_FOLDER: folder, STRYKER_REPORT: report, ...one };
  run(join(home, 'node_modules/.bin/stryker'), ['run', join(home, 'stryker.config.mjs')], { env });
  // What it kept was for a run that is ended in the middle.
  rmSync(`${report}l`);
  const { files } = JSON.parse(readFileSync(report, 'utf8'));
  for (const [name, file] of Object.entries(files))
    for (const line of survivors(name, file)) console.log(line);
  return `model/${what}: ${tally(Object.values(files))}`;
});
console.log(`\n${said.join('\n')}`);
