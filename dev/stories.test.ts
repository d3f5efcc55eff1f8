import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { lab } from '../harness/cli/testing.js';
import { seed } from '../model/path/testing/sites.js';
import { cure } from '../model/repair/cure.js';
import { staysClosed } from '../model/repair/stays-closed.js';
import { livePatched } from './patched-stories.js';
import { siteVerdicts } from './site-verdicts.js';
import { fixStory, readStory, stories, storiesFolder, textsOf } from './stories.js';

const folder = await mkdtemp(join(tmpdir(), 'connector-lab-stories-'));
afterAll(() => rm(folder, { recursive: true }));
const list = Object.entries(stories);

const known = new Map<string, ReturnType<typeof fixStory>>();
/** Once for all tests of a story. */
async function fixedStory(name: string): ReturnType<typeof fixStory> {
  const story = stories[name];
  if (!story) throw new Error(`no story is called ${name}`);
  const found = known.get(name) ?? fixStory(story, await textsOf(name, story));
  known.set(name, found);
  return await found;
}

it('has every folder of scenarios/sites', async () => {
  const entries = await readdir(storiesFolder, { withFileTypes: true });
  const folders = entries.filter((one) => one.isDirectory()).map(({ name }) => name);
  expect(list.map(([name]) => name).sort()).toEqual(folders.sort());
});

describe.each(list)('the files of %s', (name, story) => {
  const read = (file: string) => readFile(join(storiesFolder, name, file), 'utf8');

  it('are understood, and cured by their patch, which opens no more than it has to', async () => {
    const found = await fixedStory(name);
    expect(found.imported.flatMap(({ notUnderstood }) => notUnderstood)).toEqual([]);
    // Both are written by `npx tsx dev/write-stories.ts`.
    expect(found.text).toBe(await read('site.yaml'));
    expect(found.patch).toBe(await read('fix.patch'));
    expect(found.closedAt).toEqual(story.closedAt);
    expect(found).toMatchObject({ incurable: [], leftOut: [] });
    const broken = new Set(found.requests.flatMap(({ requirements }) => requirements));
    expect([...broken].sort()).toEqual([...(siteVerdicts[name] ?? [])].sort());
    const after = await readStory(story, found.patched);
    expect(after.imported.flatMap(({ notUnderstood }) => notUnderstood)).toEqual([]);
    expect(cure(after.site, after.internet)).toMatchObject({ requests: [], incurable: [] });
    expect(staysClosed(found.site, after.site, found.internet)).toBeDefined();
  });

  it('make a site that breaks in a life, by those lines, and is diagnosed', async () => {
    const site = join(storiesFolder, name, 'site.yaml');
    const out = join(folder, name);
    const checked = await lab(['check', site, '--engine', 'embedded', '--out', out, '--json']);
    expect(checked.code, checked.stderr).toBe(1);
    const { check } = JSON.parse(checked.stdout) as Checked;
    expect(check.requests.flatMap(({ sources }) => sources.map(placeOf))).toEqual(story.closedAt);
    const told = await lab(['diagnose', out, '--json']);
    expect(JSON.parse(told.stdout).causes[0].rule).toBe(story.cause);
  });
});

/** Of the twenty, lived in with every change; all of them by `npm run stories`. */
const livedHere = 4;
const [sample = []] = fc.sample(fc.shuffledSubarray(list, { minLength: livedHere, maxLength: livedHere }), {
  seed,
  numRuns: 1,
});
it.each(sample)('the patched files of %s are imported, and nothing breaks in a life', async (name, story) => {
  const said: string[] = [];
  const command = async (args: string[]) => {
    const { code, stdout, stderr } = await lab(args);
    said.push(stdout, stderr);
    return code ?? -1;
  };
  const at = { folder: join(folder, 'patched'), engine: 'embedded', command };
  expect(await livePatched(name, story, at), said.join('\n')).toBe(0);
});

interface Checked {
  check: { requests: { sources: { file: string; line: number }[] }[] };
}
const placeOf = ({ file, line }: { file: string; line: number }) => `${file}:${line}`;

/** Programs that say whether a file is one of theirs, where they are. */
const judges: Readonly<Record<string, { program: string; args: (file: string) => string[] }>> = {
  'edge.rules': {
    program: '/usr/sbin/iptables-restore',
    args: (file) => ['unshare', '--net', '/usr/sbin/iptables-restore', '--test', file],
  },
  'ruleset.nft': {
    program: '/usr/sbin/nft',
    args: (file) => ['unshare', '--net', '/usr/sbin/nft', '-c', '-f', file],
  },
  'squid.conf': {
    program: '/usr/sbin/squid',
    args: (file) => ['/usr/sbin/squid', '-k', 'parse', '-f', file],
  },
};

const judged = list.flatMap(([name, { files }]) =>
  files.flatMap((file) => (judges[file] ? [{ name, file, ...judges[file] }] : [])),
);
it.each(judged)('$program takes the patched file: $name/$file', async ({ name, file, program, args }) => {
  if (!existsSync(program) || process.getuid?.() !== 0) {
    console.warn(`dev/stories: there is no ${program} to ask about ${name}/${file}, or no right to`);
    return;
  }
  const { patched } = await fixedStory(name);
  for (const [part, text] of Object.entries(patched)) await writeFile(join(folder, part), text);
  const own = join(folder, file);
  // Files that lie elsewhere on a proxy's machine, and a certificate that nobody has here.
  const text = (patched[file] ?? '')
    .replaceAll('/etc/squid/allowed.txt', join(folder, 'allowed.txt'))
    .replace(/ ssl-bump cert=.*/, '')
    .replace(/^auth_param negotiate program .*/m, 'auth_param negotiate program /bin/true');
  await writeFile(own, text);
  const [command = '', ...words] = args(own);
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  expect({ status, said: `${stdout}${stderr}`.match(/.*(ERROR|FATAL|WARNING|Bungled).*/g) ?? [] }).toEqual({
    status: 0,
    said: [],
  });
});

const pactester = '/usr/bin/pactester';
it('patched PAC files send what was closed to the proxy, and all else as before', async () => {
  if (!existsSync(pactester)) {
    console.warn(`dev/stories: there is no ${pactester} to compare PAC files with`);
    return;
  }
  for (const name of ['p03-pac-past-the-proxy', 'pac-retired-proxy']) {
    const story = stories[name];
    if (!story) throw new Error(`no story is called ${name}`);
    const texts = await textsOf(name, story);
    const { patched, requests } = await fixedStory(name);
    const ask = async (text: string | undefined, url: string) => {
      const file = join(folder, 'asked.pac');
      await writeFile(file, text ?? '');
      return spawnSync(pactester, ['-p', file, '-u', url], { encoding: 'utf8' }).stdout.trim();
    };
    const places = requests.flatMap(({ targets }) => targets);
    expect(places.length).toBeGreaterThan(0);
    for (const { host, port } of places) {
      const url = `${port === 80 ? 'http' : 'https'}://${host.replace('*', 'a.b')}/`;
      expect(await ask(texts['proxy.pac'], url)).not.toBe('PROXY proxy.contoso.test:3128');
      expect(await ask(patched['proxy.pac'], url)).toBe('PROXY proxy.contoso.test:3128');
    }
    for (const url of [
      'http://news.test/',
      'https://news.test/',
      'http://intranet.contoso.test/',
      'https://x.windows.net/',
    ])
      expect(await ask(patched['proxy.pac'], url)).toBe(await ask(texts['proxy.pac'], url));
  }
});
