import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fixStory, stories, storiesFolder, textsOf } from './stories.js';

/** Writes what `import` makes of the customers' files in `scenarios/sites`, and the patches that cure them. */
for (const [name, story] of Object.entries(stories)) {
  const { text, patch } = await fixStory(story, await textsOf(name, story));
  await writeFile(join(storiesFolder, name, 'site.yaml'), text);
  await writeFile(join(storiesFolder, name, 'fix.patch'), patch);
}
