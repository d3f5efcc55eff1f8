import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { documentedHosts } from '../../model/requirements/documented-hosts.js';
import { folder, lab } from './testing.js';

it('writes a patch of a table that Windows wrote, which git applies, and proves the copy', async () => {
  const out = await folder();
  const hosts = documentedHosts('public').map(({ rule, port }) => `${rule.split('/')[0]};${port}`);
  const before = `${['Host;Port', ...hosts.filter((line) => !line.includes('servicebus'))].join('\r\n')}\r\n`;
  const file = join(out, 'hosts.csv');
  await writeFile(file, Buffer.from(`\uFEFF${before}`, 'utf16le'));
  const { code, stdout, stderr } = await lab(['fix', file, '--engine', 'embedded', '--out', out]);
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('\n+*.servicebus.windows.net;443\n');
  expect(stdout).toMatch(/Proof: Imported from hosts\.csv: everything works/);
  expect(stdout).toMatch(/Still closed, since the page does not ask for it: /);
  const after = await readFile(join(out, 'patched', 'hosts.csv'));
  expect(after.toString('utf16le')).toBe(`\uFEFF${before}*.servicebus.windows.net;443\r\n`);
  await writeFile(file, before);
  const { status } = spawnSync('git', ['apply', '--check', join(out, 'fix.patch')], { cwd: out });
  expect(status).toBe(0);
});

it('is not done where a file cannot say what is needed', async () => {
  const out = await folder();
  const file = join(out, 'edge.rules');
  const rules = ['*filter', ':FORWARD DROP [0:0]', '-A FORWARD -p tcp --dport 443 -j ACCEPT', 'COMMIT', ''];
  await writeFile(file, rules.join('\n'));
  const { code, stdout } = await lab(['fix', file, '--engine', 'embedded', '--out', out, '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    files: [],
    leftOut: [{ file: 'edge.rules' }],
    left: [{ kind: 'open-edge' }],
    proof: { check: { outcome: 'works' } },
  });
});

it('says of a file whose format is not patched that it decides, and in which line', async () => {
  const out = await folder();
  const file = join(out, 'fw.conf');
  const policy = ['edit 1', 'set srcintf "any"', 'set dstintf "any"', 'set srcaddr "all"'];
  const rest = [
    'set dstaddr "all"',
    'set action deny',
    'set schedule "always"',
    'set service "ALL"',
    'next',
    'end',
  ];
  await writeFile(file, ['config firewall policy', ...policy, ...rest, ''].join('\n'));
  const { code, stdout } = await lab(['fix', file, '--engine', 'embedded', '--out', out]);
  expect(code).toBe(1);
  expect(stdout).toContain('To be changed in these files by hand:');
  expect(stdout).not.toContain('Not in these files');
  expect(stdout).toMatch(/Not written into fw\.conf: .*files of this format are not patched.*in line 2/);
});

it('writes over no file that it was given, and leaves no patch of an earlier run', async () => {
  const out = await folder();
  const text = 'Host;Port\n*.msappproxy.net;443\n';
  await mkdir(join(out, 'patched'));
  const file = join(out, 'patched', 'hosts.csv');
  for (const one of [file, join(out, 'fix.patch')]) await writeFile(one, text);
  const { code, stderr } = await lab(['fix', file, '--engine', 'embedded', '--out', out]);
  expect({ code, text: await readFile(file, 'utf8') }).toEqual({ code: 2, text });
  expect(stderr).toContain('would be written over itself');
  expect(existsSync(join(out, 'fix.patch'))).toBe(false);
});

it.each([
  [
    'two files of one name',
    ['docs/examples/hosts.csv', 'docs/examples/hosts.csv'],
    /two of the files are called/,
  ],
  ['files of no known format', ['LICENSE'], /is of no format that is known here/],
  [
    'what is for files to import, of a site file',
    ['scenarios/sites/documented.yaml', '--by-port'],
    /--by-port/,
  ],
])('refuses %s', async (_, args, words) => {
  const { code, stdout, stderr } = await lab(['fix', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(words);
});
