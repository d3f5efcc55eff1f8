import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { containersPackages } from '../../harness/engines/containers/packages.js';
import { bytesIn, packagesIn } from './installed.js';

/**
 * `npm run bench:install`: what people get who install the package into an empty folder, as `npx`
 * does: packages, megabytes, and seconds from the command to the first verdict, with npm's cache empty.
 * `-- --containers` adds what the containers engine needs.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'connector-lab-install-'));
try {
  const packed = npm(root, 'pack', '--json', '--pack-destination', folder);
  const [{ filename, size }] = JSON.parse(packed.slice(packed.indexOf('['))) as [
    { filename: string; size: number },
  ];
  const project = join(folder, 'project');
  const wanted = [
    join(folder, filename),
    ...(process.argv.includes('--containers') ? containersPackages : []),
  ];
  const began = performance.now();
  npm(
    folder,
    'install',
    '--prefix',
    project,
    '--cache',
    join(folder, 'cache'),
    '--no-audit',
    '--no-fund',
    ...wanted,
  );
  const installed = performance.now();
  const site = join(folder, 'site.yaml');
  writeFileSync(site, 'site: Contoso\n');
  const program = join(project, 'node_modules/connector-lab/bin/connector-lab.mjs');
  const { status, stderr } = spawnSync(
    process.execPath,
    [program, 'check', site, '--engine', 'embedded', '--out', join(folder, 'out')],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  const modules = join(project, 'node_modules');
  say('archive, MB', size / 1e6);
  say('packages', packagesIn(modules).length, 0);
  say('on disk, MB (sums of file sizes)', bytesIn(modules) / 1e6);
  say('of that connector-lab itself, MB', bytesIn(join(modules, 'connector-lab')) / 1e6);
  say('download and installation, s', (installed - began) / 1000);
  say('first verdict after it, s', (performance.now() - installed) / 1000);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function say(what: string, value: number, digits = 1): void {
  process.stdout.write(`${what.padEnd(36)} ${value.toFixed(digits).padStart(7)}\n`);
}
