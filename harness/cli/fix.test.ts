import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder, lab } from './testing.js';

const embedded = ['--engine', 'embedded'];

it('writes the smallest change into a copy of the site file, and proves it', async () => {
  const file = 'scenarios/sites/three-mistakes.yaml';
  const out = await folder();
  const { code, stdout } = await lab(['fix', file, ...embedded, '--out', out]);
  expect(code, stdout).toBe(0);
  expect(stdout).toContain('2 changes, none of which can be left out');
  expect(stdout).toContain('Proof: Three mistakes: everything works');
  expect(stdout).toMatch(
    /Still closed, since the page does not ask for it: \S+:80 from app-proxy-01, edge-firewall drop/,
  );
  const [before, after] = await Promise.all([
    readFile(file, 'utf8'),
    readFile(join(out, 'cured.yaml'), 'utf8'),
  ]);
  const left = before.split('\n');
  const added = after.split('\n').filter((line) => (line === left[0] ? left.shift() === undefined : true));
  expect(left).toEqual([]);
  expect(added.map((line) => line.trim())).toEqual([
    '- { allow: "*.msappproxy.net", port: 443 }',
    '- { allow: ctldl.windowsupdate.com, port: 443 }',
    '- { allow: www.microsoft.com, port: 443 }',
    '- { allow: "*.servicebus.windows.net", port: 443 }',
    '- { allow: ocsp.digicert.com, port: 80 }',
  ]);
});

it('says that nothing has to change where everything works, and proves that, too', async () => {
  const { code, stdout } = await lab(['fix', 'scenarios/sites/documented.yaml', ...embedded, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    requests: [],
    incurable: [],
    proof: { check: { outcome: 'works' } },
  });
});

it('is not done where the change works, and a rule stays that nobody understands', async () => {
  const out = await folder();
  const file = join(out, 'site.yaml');
  await writeFile(
    file,
    'site: Unclear\nfirewall:\n  rules:\n    - { deny: any, port: 80, unclear: "-m time" }\n    - { deny: crl3.digicert.com, port: 80 }\n    - allow: documented\n',
  );
  const { code, stdout } = await lab(['fix', file, ...embedded, '--out', out]);
  expect(code, stdout).toBe(1);
});

it('changes nothing of a file that is no site', async () => {
  const out = await folder();
  const { code, stderr } = await lab(['fix', 'package.json', ...embedded, '--out', out]);
  expect(code).toBe(2);
  expect(stderr).toContain('package.json');
});
