import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Job } from 'kubernetes-types/batch/v1.js';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readResultsFile } from '../model/verdict/read-results.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const template = await readFile(join(root, 'templates/kubernetes.yaml'), 'utf8');
const [volume, parts, merge] = parseAllDocuments(template).map((document) => document.toJS()) as [
  object,
  Job,
  Job,
];

/** What the compiler has against objects, as Kubernetes 1.30 describes its own (kubernetes-types is made of that). */
async function wrongIn(...objects: readonly (readonly [type: string, value: object])[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'connector-lab-kubernetes-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const source = join(folder, 'objects.ts');
  const lines = objects.map(([type, value], index) => {
    const [from, name] = type.split(' ');
    return `export const object${index}: import('kubernetes-types/${from}').${name} = ${JSON.stringify(value)};`;
  });
  await writeFile(source, lines.join('\n'));
  const options = ['--noEmit', '--strict', '--module', 'esnext', '--moduleResolution', 'bundler'];
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const said = await run(process.execPath, [tsc, ...options, source], { cwd: folder }).catch(
    (error) => error,
  );
  return (said as { stdout: string }).stdout.split('\n').filter((line) => line.includes('error'));
}

/** What a Job's container does, here: in a folder in the place of its volume. */
async function done(job: Job, folder: string, env: Record<string, string>) {
  const [container] = job.spec?.template.spec?.containers ?? [];
  const [shell, ...options] = container?.command ?? [];
  const declared = Object.fromEntries(container?.env?.map(({ name, value = '' }) => [name, value]) ?? []);
  return run(shell ?? '', [...options, ...(container?.args ?? [])], {
    cwd: folder,
    env: { ...process.env, ...declared, ...env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
  });
}

describe('templates/kubernetes.yaml', () => {
  it('is what the schema of Kubernetes says, and a misspelt key is not', async () => {
    const misspelt = structuredClone(parts) as { spec: object };
    misspelt.spec = { ...misspelt.spec, completionsMode: 'Indexed' };
    const wrong = await wrongIn(
      ['core/v1 PersistentVolumeClaim', volume],
      ['batch/v1 Job', parts],
      ['batch/v1 Job', merge],
      ['batch/v1 Job', misspelt],
    );
    expect(wrong).toEqual([expect.stringMatching(/objects\.ts\(4,.*completionsMode.* does not exist/)]);
  });

  it('has as many parts as indexes, and each writes into the volume that the merge reads', () => {
    const { completions, parallelism, completionMode } = parts.spec ?? {};
    const [{ env = [] } = {}] = parts.spec?.template.spec?.containers ?? [];
    expect(env).toContainEqual({ name: 'PARTS', value: String(completions) });
    expect([parallelism, completionMode, merge.spec?.suspend]).toEqual([completions, 'Indexed', true]);
    expect(merge.spec?.template.spec?.volumes).toEqual(parts.spec?.template.spec?.volumes);
  });

  it('runs what its indexes say, and merges it to what one run is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'connector-lab-kubernetes-'));
    await mkdir(join(folder, 'bin'));
    await symlink(join(root, 'bin/connector-lab.mjs'), join(folder, 'bin/connector-lab'));
    const env = { PARTS: '2', SCENARIOS: 'server/os-version' };
    await expect(done(merge, folder, {})).rejects.toThrow();
    for (const index of ['0', '1']) await done(parts, folder, { ...env, JOB_COMPLETION_INDEX: index });
    expect((await done(merge, folder, {})).stdout).toContain('Nothing deviates');
    const { scenarios } = await readResultsFile(join(folder, 'merged/results.json'));
    expect(scenarios.length).toBeGreaterThan(1);
    expect(new Set(scenarios.map(({ id }) => id.split('#')[0]))).toEqual(new Set(['server/os-version']));
  });
});
