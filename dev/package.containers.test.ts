import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Ended, ended, engineWithoutImages } from '../harness/cli/testing.js';
import { runtimeForTests } from '../harness/engines/containers/testing.js';
import { runResultsSchema } from '../model/verdict/results.js';
import { bytesIn, packagesIn } from './bench/installed.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const docker = await runtimeForTests();
/** Building, fetching and real machines: a hang ends in the end. Milliseconds. */
const patience = 900_000;

/** A folder of somebody else's, in which nothing is but the package, as npm installs it. */
let project: string;
let installed: string;

function install(...what: string[]) {
  // Install scripts only make faster what works without them.
  const quiet = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  return run('npm', ['install', ...quiet, ...what], { cwd: project });
}

function begin(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [join(project, 'node_modules/.bin/connector-lab'), ...args], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
}

let withContainers: Promise<unknown> | undefined;

/** Installs what the containers engine needs, in the words of the sentence that says it is not there. */
function needContainers(): Promise<unknown> {
  withContainers ??= (async () => {
    const { code, stderr } = await lab('run', 'server/ie-esc', '--engine', 'containers');
    expect(code).toBe(3);
    const said =
      /two packages more: npm install (\S+) (\S+) beside connector-lab \(or npx -p .+ --engine embedded\n$/;
    const [, ...wanted] = said.exec(stderr) ?? [];
    expect(wanted, stderr).toHaveLength(2);
    await install(...wanted);
  })();
  return withContainers;
}

const lab = (...args: string[]): Promise<Ended> => ended(begin(args));

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'connector-lab-package-'));
  installed = join(project, 'node_modules/connector-lab');
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', project], { cwd: root });
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [{ filename: string }];
  await install(join(project, packed.filename));
}, patience);

/** What each command that `--help` lists is tried with, and what shows that it did its work. */
const commands: Record<string, () => Promise<void>> = {
  async init() {
    expect(await lab('init', 'started', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('everything works'),
      stderr: expect.stringContaining(join('started', 'connector.test.ts')),
    });
  },
  async run() {
    // As many as are worth worker processes.
    const { code, stdout, stderr } = await lab('run', 'hosts/necessity', '--workers', '2', '--json');
    expect(code, stderr).toBe(0);
    const { summary } = runResultsSchema.parse(JSON.parse(stdout));
    expect(summary).toMatchObject({ passed: 25, failed: 0, skipped: 0 });
    // The page was built when the package was made: users have no vite.
    const report = await readFile(join(project, 'connector-lab-out/report.html'), 'utf8');
    expect(report).toContain('hosts/necessity');
    expect(report).toContain('Content-Security-Policy');
  },
  async list() {
    expect(await lab('list', 'tls/')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^tls\//) });
  },
  async explain() {
    expect(await lab('explain', 'ports/outbound-80')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Proved by  '),
    });
  },
  async editions() {
    expect(await lab('editions', '2023-08-09', '2026-02-04')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No longer asked for'),
    });
  },
  async check() {
    const site = join(installed, 'scenarios/sites/three-mistakes.yaml');
    expect(await lab('check', site, '--out', 'checked')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('2 things to mend'),
    });
  },
  async diagnose() {
    const site = join(installed, 'scenarios/sites/p25-upgrade-removed.yaml');
    expect(await lab('diagnose', site)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('TLS is inspected'),
    });
  },
  async probe() {
    const site = join(installed, 'scenarios/sites/p17-green-but-silent.yaml');
    expect(await lab('probe', '--in', site)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('*.servicebus.windows.net:443'),
    });
  },
  async reproduce() {
    // The evidence that probe wrote.
    expect(await lab('reproduce', 'evidence.json')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('is diagnosed as the evidence was'),
    });
  },
  async fix() {
    const site = join(installed, 'scenarios/sites/p14-idle-timeout.yaml');
    expect(await lab('fix', site, '--engine', 'embedded', '--out', 'fixed')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('one change, and everything works'),
    });
  },
  async trace() {
    const words = [
      'app-proxy-01',
      'network-service',
      'crl3.digicert.com:80',
      '--live',
      '--engine',
      'embedded',
    ];
    expect(await lab('trace', join(installed, 'scenarios/sites/documented.yaml'), ...words)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('the devices decided alike'),
    });
  },
  async up() {
    const child = begin(['up', join(installed, 'scenarios/sites/documented.yaml'), '--out', 'lab']);
    child.stdout?.on('data', (chunk) => String(chunk).includes('until Ctrl-C') && child.kill('SIGINT'));
    expect(await ended(child)).toMatchObject({ code: 130, stdout: expect.stringContaining('proxy ') });
  },
  async import() {
    await writeFile(join(project, 'hosts.csv'), 'host;port\n*.msappproxy.net;443\n');
    expect(await lab('import', 'hosts.csv')).toMatchObject({
      stdout: expect.stringContaining('source: { file: hosts.csv, line: 2 }'),
    });
  },
  async ablate() {
    expect(await lab('ablate', '--rows', 'crl4', '--out', 'ablated')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('needed by revocation-check'),
    });
  },
  async report() {
    expect(await lab('report', 'checked')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Report'),
    });
  },
  async doctor() {
    await needContainers();
    await using engine = await engineWithoutImages();
    expect(await ended(begin(['doctor'], { DOCKER_HOST: engine.host }))).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /✓ Embedded engine +a lab opened[\s\S]*– Container runtime +\(HTTP code 500/,
      ),
    });
  },
  async images() {
    await needContainers();
    await using engine = await engineWithoutImages();
    // No programs: neither npm nor mmdebstrap.
    expect(await ended(begin(['images'], { DOCKER_HOST: engine.host, PATH: project }))).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/base image could not be built|a base of Debian packages needs root/),
    });
  },
  async clean() {
    await needContainers();
    await using engine = await engineWithoutImages();
    expect(await ended(begin(['clean'], { DOCKER_HOST: engine.host }))).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Removed 0 containers'),
    });
  },
  async help() {
    expect(await lab('help', 'run')).toMatchObject({ code: 0, stdout: expect.stringContaining('--shard') });
  },
};

describe('the published package, alone in a folder', () => {
  it('is three packages, and its bill of materials and its licences have whatever is bundled in it', async () => {
    const modules = join(project, 'node_modules');
    const names = packagesIn(modules);
    expect(names).toHaveLength(3);
    expect(bytesIn(modules)).toBeLessThan(63_500_000 / 2);
    const dist = join(installed, 'dist');
    const { components } = JSON.parse(await readFile(join(dist, 'sbom.cdx.json'), 'utf8')) as {
      components: { name: string }[];
    };
    const told = new Set(['connector-lab', ...components.map(({ name }) => name)]);
    const modulesOfDist = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith('.js'));
    // The bundler says above each module where it has it from.
    const bundled = modulesOfDist.map(async (name) =>
      [...(await readFile(join(dist, name), 'utf8')).matchAll(/^\s*\/\/ (?:.*\/)?node_modules\/(.+)$/gm)].map(
        ([, path = '']) => /^(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? '',
      ),
    );
    const held = new Set([...names, ...(await Promise.all(bundled)).flat()]);
    expect(held.size).toBeGreaterThan(40);
    expect([...held].filter((name) => !told.has(name))).toEqual([]);
    const licences = await readFile(join(dist, 'licences.txt'), 'utf8');
    for (const { name } of components) expect(licences).toContain(`${name} `);
  });

  it('imports nothing but what its package.json brings along', async () => {
    const { dependencies, peerDependencies } = JSON.parse(
      await readFile(join(installed, 'package.json'), 'utf8'),
    ) as Record<string, object>;
    const brought = new Set(['connector-lab', ...Object.keys({ ...dependencies, ...peerDependencies })]);
    const dist = join(installed, 'dist');
    const modules = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith('.js'));
    const strange = modules.map(async (name) =>
      ts
        .preProcessFile(await readFile(join(dist, name), 'utf8'))
        .importedFiles.map(({ fileName }) => /^(@[^/]+\/)?[^/]+/.exec(fileName)?.[0] ?? '')
        .filter((word) => !word.startsWith('.') && !isBuiltin(word) && !brought.has(word))
        .map((word) => `${name}: ${word}`),
    );
    expect(modules.length).toBeGreaterThan(200);
    expect((await Promise.all(strange)).flat()).toEqual([]);
  });

  it('holds nothing that only tests and clones use', async () => {
    const files = await readdir(join(installed, 'dist'), { recursive: true });
    expect(files.filter((name) => /testing\.|\.test\.|(^|\/)(build|write)-/.test(name))).toEqual([]);
  });

  it('is of the version that its package.json says', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect((await lab('--version')).stdout.trim()).toBe(version);
  });

  it.each(Object.entries(commands))('connector-lab %s does its work', (_, tried) => tried(), patience);

  it('--help lists no other commands', async () => {
    const { stdout } = await lab('--help');
    const listed = [...stdout.matchAll(/^ {2}([a-z]+) {2,}\S/gm)];
    expect(listed.map(([, name]) => name).sort()).toEqual(Object.keys(commands).sort());
  });

  it.skipIf(!docker)(
    'builds its image and runs on containers, where an engine answers',
    async () => {
      await needContainers();
      const args = ['run', 'server/ie-esc', '--engine', 'containers', '--out', 'containers'];
      const { code, stderr } = await ended(begin(args));
      expect(code, stderr).toBe(0);
    },
    patience,
  );

  it(
    "gives people's own suites a lab, in which a false claim fails",
    async () => {
      const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
      await install(`vitest@${devDependencies.vitest}`);
      await writeFile(
        join(project, 'own.test.ts'),
        `import { test } from 'connector-lab/vitest';
import { denyHost, documentedSite, results } from 'connector-lab';
const claim = (seen: 'ok' | 'tcpDrop') => ({
  title: 'ours', proves: 'verify/active-is-not-proof', site: documentedSite(),
  change: denyHost('*.servicebus.windows.net'), expect: [results.listen[seen]()],
} as const);
test('true', ({ lab }) => lab.proves(claim('tcpDrop')));
test('false', ({ lab }) => lab.proves(claim('ok')));
test('unknown', ({ lab }) => lab.proves({ ...claim('tcpDrop'), proves: 'verify/active-is-not-prof' }));
`,
      );
      await rm(join(project, 'started'), { recursive: true, force: true });
      await lab('init', 'started', '--yes');
      // A busy computer may take more than vitest's five seconds for a lab's first test.
      const args = [join(project, 'node_modules/.bin/vitest'), 'run', '--testTimeout', String(patience)];
      const said = await run(process.execPath, args, { cwd: project }).catch(
        (error: { stdout: string; stderr: string }) => error,
      );
      expect(said.stdout).toMatch(/2 failed.*2 passed/s);
      expect(said.stderr).toContain('expected listen ok, got listen tcp-drop');
      expect(said.stderr).toContain(
        'own.test.ts › unknown: proves: no requirement is called "verify/active-is-not-prof"; did you mean verify/active-is-not-proof?',
      );
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      // Our declarations are checked as well: nothing is skipped.
      const typed = ['--noEmit', '--strict', '--target', 'es2023', 'own.test.ts'];
      for (const resolution of [
        ['--module', 'nodenext'],
        ['--module', 'esnext', '--moduleResolution', 'bundler'],
      ]) {
        const checked = await run(process.execPath, [tsc, ...typed, ...resolution], { cwd: project }).catch(
          (error: { stdout: string }) => error,
        );
        expect(checked.stdout.match(/error TS\d+/g), checked.stdout).toHaveLength(1);
        expect(checked.stdout).toMatch(/own\.test\.ts\(9,.*"verify\/active-is-not-prof"/);
      }
    },
    patience,
  );
});
