import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expressionsOf } from './regular-expressions/collect.js';
import { slowness } from './regular-expressions/prove.js';

/**
 * `npm run regular-expressions`: proves every regular expression of the product linear and writes down
 * which are, so that tests need not prove them again. `-- --new`: only those that are not written down.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const file = new URL('regular-expressions/proved.json', import.meta.url);
const known = process.argv.includes('--new') ? (JSON.parse(await readFile(file, 'utf8')) as string[]) : [];
const all = await expressionsOf(root);
const texts = new Map(all.map((one) => [one.text, one]));
const proved = known.filter((text) => texts.has(text));
for (const [text, { place, source, flags }] of texts) {
  if (proved.includes(text)) continue;
  const slow = await slowness(source, flags);
  if (slow === undefined) proved.push(text);
  else {
    process.stdout.write(`${place} ${text}: ${slow}\n`);
    process.exitCode = 1;
  }
}
await writeFile(file, `${JSON.stringify(proved.sort(), undefined, 2)}\n`);
process.stdout.write(`${proved.length} of ${texts.size} expressions are linear\n`);
