import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseSite } from '../../model/site/read.js';
import { check } from './check.js';
import { type Answers, type CiSystem, startingFiles } from './init-files.js';
import { writeSite } from './site-to-write.js';
import { UsageError } from './usage-error.js';

interface Flags {
  name?: string;
  server?: string[];
  proxy?: string;
  cloud?: Answers['cloud'];
  ci?: CiSystem;
  yes?: true;
  signal: AbortSignal;
}

/**
 * `connector-lab init [FOLDER]`: a site file, a scenario and a workflow, then a check of the site. A file
 * that is there already stays as it is: nothing is written then.
 * @throws UsageError
 */
export async function init(folder: string, flags: Flags): Promise<number> {
  const files = startingFiles(await answersOf(flags));
  const placed = Object.entries(files).map(([name, text]) => ({ file: join(folder, name), text }));
  const known = placed.find(({ file }) => existsSync(file));
  if (known)
    throw new UsageError(
      `${known.file} is there already, and stays as it is: name another folder${known.file.endsWith('.yml') ? ', or say --ci none' : ''}`,
    );
  const site = join(folder, 'site.yaml');
  // What was said may make no site: then nothing is written.
  parseSite(files['site.yaml'] ?? '', site);
  for (const { file, text } of placed) {
    await mkdir(dirname(file), { recursive: true });
    await writeSite(file, text);
    process.stderr.write(`Wrote ${file}\n`);
  }
  const { signal } = flags;
  const code = await check(site, { engine: 'embedded', out: join(folder, 'connector-lab-out'), signal });
  const there = relative('.', folder);
  const enter = there === '' ? '' : `cd ${there} && `;
  process.stderr.write(`\nNext: ${enter}npm install --save-dev connector-lab vitest, and npx vitest run\n`);
  return code;
}

/** What was said on the command line; the rest is asked where somebody can answer. */
async function answersOf({ name, server, proxy, cloud, ci, yes, signal }: Flags): Promise<Answers> {
  const asks = !yes && process.stdin.isTTY && process.stdout.isTTY;
  const lines = asks ? createInterface({ input: process.stdin, output: process.stdout }) : undefined;
  const ask = async (question: string, otherwise: string) => {
    const shown = otherwise === '' ? '' : ` (${otherwise})`;
    const answer = await lines?.question(`${question}${shown}: `, { signal });
    return answer?.trim() || otherwise;
  };
  try {
    const site = name ?? (await ask('What is the site called', 'Our network'));
    const servers = server ?? (await ask('Servers with connectors', 'app-proxy-01')).split(/[\s,]+/);
    const way = proxy ?? (await ask('Explicit proxy as host:port, or nothing', ''));
    return {
      name: site,
      servers,
      ...(way !== '' && { proxy: way }),
      cloud: cloud ?? 'public',
      ci: ci ?? 'github',
    };
  } finally {
    lines?.close();
  }
}
