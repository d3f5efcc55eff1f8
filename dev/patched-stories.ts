import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fixStory, type Story, textsOf } from './stories.js';

/** The words of `import` for options that a story's files are read with. */
function wordsOf({ given = {} }: Story): string[] {
  const { serverAddress, proxyAddress } = given;
  return [
    ...(serverAddress === undefined ? [] : ['--server-address', serverAddress]),
    ...(proxyAddress === undefined ? [] : ['--proxy-address', proxyAddress]),
  ];
}

/**
 * As a customer does once the patch is in their files: imports them and checks what comes of it.
 * Gives the exit code of the first command that does not end with 0, else 0.
 */
export async function livePatched(
  name: string,
  story: Story,
  { folder, engine, command }: { folder: string; engine: string; command(args: string[]): Promise<number> },
): Promise<number> {
  const { patched } = await fixStory(story, await textsOf(name, story));
  const own = join(folder, name);
  await mkdir(own, { recursive: true });
  const files = story.files.map((file) => join(own, file));
  for (const [at, file] of story.files.entries()) await writeFile(files[at] ?? '', patched[file] ?? '');
  const site = join(own, 'site.yaml');
  return (
    (await command(['import', ...files, ...wordsOf(story), '--into', site])) ||
    (await command(['check', site, '--engine', engine, '--out', join(own, 'out')]))
  );
}
