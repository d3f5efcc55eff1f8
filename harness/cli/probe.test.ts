import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { stacks } from '../../model/evidence/vocabulary.js';
import { loopbackResolver, loopbackServer } from '../probe/testing.js';
import { probeProgram } from './probe-program.js';
import { lab } from './testing.js';

const folder = await mkdtemp(join(tmpdir(), 'connector-lab-probe-'));
const tenant = '11111111-2222-3333-4444-555555555555';

/** Probes hosts of the test's resolver, all of which are on loopback. */
async function probed(...args: string[]) {
  await using closed = await loopbackServer((socket) => {
    socket.once('data', () => socket.resetAndDestroy());
  });
  const names = { [`${tenant}.bootstrap.msappproxy.net`]: ['here.msidentity.com'] };
  await using resolver = await loopbackResolver(names);
  const endpoints = join(folder, 'endpoints.json');
  const url = `https://${tenant}.bootstrap.msappproxy.net:${closed.port}/`;
  await writeFile(endpoints, JSON.stringify({ endpoints: [{ url, operation: 'bootstrap' }] }));
  const out = join(folder, 'evidence.json');
  const given = ['--endpoints', endpoints, '--resolver', resolver.address, '--direct', '--out', out];
  const { code, stdout } = await lab(['probe', ...given, ...args]);
  return { code, stdout, out };
}

it('writes evidence of this machine that diagnose reads', async () => {
  const { code, stdout, out } = await probed();
  expect(code).toBe(1);
  expect(stdout).toContain(`Evidence: ${out}`);
  const evidence = JSON.parse(await readFile(out, 'utf8'));
  expect(evidence).toMatchObject({
    schema: 'connector-lab/evidence@1',
    attempts: [{ outcome: 'tcp-reset', connected: true, address: '127.0.0.1' }],
  });
  expect((await lab(['diagnose', out])).code).toBe(1);
});

it('with --redact the file has neither tenant nor account nor machine', async () => {
  const { out } = await probed('--redact');
  const text = await readFile(out, 'utf8');
  expect(text).not.toContain(tenant);
  expect(JSON.parse(text).attempts[0]).toMatchObject({
    server: 'server-1',
    account: 'REDACTED\\account-1',
    host: '00000000-0000-0000-0000-000000000000.bootstrap.msappproxy.net',
  });
});

it.each<[string, string, RegExp]>([
  ['no JSON', '{', /is not JSON/],
  ['no endpoint', '{"endpoints":[]}', /endpoints: /],
  ['an operation that there is not', '{"endpoints":[{"url":"https://a/","operation":"boot"}]}', /operation/],
  [
    'a stack’s proxy without a port',
    '{"endpoints":[{"url":"https://a/","operation":"bootstrap"}],"proxies":{"system":{"kind":"proxy","host":"p"}}}',
    /proxies\.system\.port/,
  ],
  [
    'a stack that there is not',
    '{"endpoints":[{"url":"https://a/","operation":"bootstrap"}],"proxies":{"svc":{"kind":"direct"}}}',
    /proxies/,
  ],
  ['another scheme', '{"endpoints":[{"url":"ftp://a/","operation":"bootstrap"}]}', /url/],
])('refuses %s in one message', async (_, text, words) => {
  const file = join(folder, 'wrong.json');
  await writeFile(file, text);
  const { code, stderr } = await lab(['probe', '--endpoints', file, '--direct', '--out', join(folder, 'no')]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
});

it('refuses two proxies at once, and one without a port', async () => {
  const file = join(folder, 'some.json');
  await writeFile(file, '{"endpoints":[{"url":"https://localhost:1/","operation":"bootstrap"}]}');
  for (const args of [
    ['--direct', '--proxy', 'a:1'],
    ['--proxy', 'a'],
  ])
    expect((await lab(['probe', '--endpoints', file, ...args, '--out', join(folder, 'no')])).code).toBe(2);
});

it.each([
  [['--engine', 'containers'], /--engine means nothing without --in/],
  [['--in', 'scenarios/sites/documented.yaml', '--engine', 'containers', '--hold'], /--hold waits for time/],
  [['--in', 'scenarios/sites/documented.yaml', '--engine', 'containers'], /--engine embedded/],
] as const)('%j is answered in one message', async (args, words) => {
  const { code, stderr } = await lab(['probe', ...args, '--out', join(folder, 'no')]);
  expect([code, stderr]).toEqual([args.length === 4 ? 3 : 2, expect.stringMatching(words)]);
});

it('is one file as well, which any Node runs, and which knows no lab', async () => {
  const file = join(folder, 'connector-lab-probe.cjs');
  await writeFile(file, await probeProgram());
  const run = (...args: string[]) => promisify(execFile)(process.execPath, [file, ...args], { cwd: folder });
  expect((await run('--help')).stdout).toMatch(/--tenant[\s\S]*--redact/);
  await using resolver = await loopbackResolver({});
  const endpoints = join(folder, 'alone.json');
  const url = 'https://nowhere.bootstrap.msappproxy.net/';
  const proxies = Object.fromEntries(stacks.map((stack) => [stack, { kind: 'direct' }]));
  await writeFile(endpoints, JSON.stringify({ endpoints: [{ url, operation: 'bootstrap' }], proxies }));
  const out = join(folder, 'alone-evidence.json');
  const ended = run('--endpoints', endpoints, '--resolver', resolver.address, '--out', out);
  await expect(ended).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('names/') });
  expect(JSON.parse(await readFile(out, 'utf8')).attempts).toMatchObject([{ outcome: 'dns-nxdomain' }]);
});
