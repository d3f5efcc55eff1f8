import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
let project: string;

/** A project of somebody else's, with the package as `npm pack` makes it. */
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'connector-lab-package-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', project], { cwd: root });
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [{ filename: string }];
  const modules = join(project, 'node_modules');
  await mkdir(join(modules, 'connector-lab'), { recursive: true });
  await run('tar', [
    'xzf',
    join(project, packed.filename),
    '-C',
    join(modules, 'connector-lab'),
    '--strip-components=1',
  ]);
  // Its dependencies are those of this clone; a real install would fetch the same.
  await symlink(join(root, 'node_modules'), join(modules, 'connector-lab', 'node_modules'));
  await symlink(join(root, 'node_modules', 'vitest'), join(modules, 'vitest'));
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
}, 120_000);

describe('the published package', () => {
  it('runs its command', async () => {
    const bin = join(project, 'node_modules/connector-lab/bin/connector-lab.mjs');
    const { stdout } = await run(process.execPath, [bin, 'run', 'server/os-version', '--json'], {
      cwd: project,
    });
    expect(JSON.parse(stdout).summary.passed).toBe(2);
    // The page was built when the package was made: users have no vite.
    const report = await readFile(join(project, 'connector-lab-out/report.html'), 'utf8');
    expect(report).toContain('server/os-version');
    expect(report).toContain('Content-Security-Policy');
  });

  it("gives people's own suites a lab, in which a false claim fails", async () => {
    await writeFile(
      join(project, 'own.test.ts'),
      `import { test } from 'connector-lab/vitest';
import { denyHost, documentedSite, results } from 'connector-lab';
const claim = (seen: 'ok' | 'tcpDrop') => ({
  title: 'ours', proves: 'verify/active-is-not-proof', site: documentedSite(),
  change: denyHost('*.servicebus.windows.net'), expect: [results.listen[seen]()],
});
test('true', ({ lab }) => lab.proves(claim('tcpDrop')));
test('false', ({ lab }) => lab.proves(claim('ok')));
`,
    );
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    // A busy computer may take more than vitest's five seconds for a lab's first test.
    const args = [vitest, 'run', '--root', project, '--testTimeout', '30000'];
    const said = await run(process.execPath, args, { cwd: project }).catch(
      (error: { stdout: string; stderr: string }) => error,
    );
    expect(said.stdout).toMatch(/1 failed.*1 passed/s);
    expect(said.stderr).toContain('expected listen ok, got listen tcp-drop');
  }, 60_000);
});
