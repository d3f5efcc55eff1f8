import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { lab } from './testing.js';

const folder = await mkdtemp(join(tmpdir(), 'connector-lab-import-'));
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, ...lines: string[]): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

it('leads from a firewall’s own rules to a verdict that names their lines', async () => {
  const rules = await write(
    'edge.rules',
    '*filter',
    ':FORWARD DROP [0:0]',
    '-A FORWARD -p tcp --dport 80 -m string --string digicert --algo bm -j DROP',
    '-A FORWARD -p tcp --dport 80 -j ACCEPT',
    '-A FORWARD -p tcp --dport 443 -d 203.0.113.0/24 -j REJECT',
    '-A FORWARD -p tcp --dport 443 -j REJECT',
    'COMMIT',
  );
  const site = join(folder, 'site.yaml');
  const imported = await lab(['import', rules, '--into', site]);
  expect(imported).toMatchObject({ code: 1, stdout: '' });
  expect(imported.stderr).toContain('edge.rules:3: -A FORWARD');
  const { code, stdout } = await lab([
    'trace',
    site,
    'app-proxy-01',
    'network-service',
    'crl3.digicert.com:80',
  ]);
  expect(code).toBe(1);
  expect(stdout).toContain('(edge.rules:3)');
  expect(stdout).toContain('Not judged');
  const closed = await lab(['check', site, '--engine', 'embedded', '--out', join(folder, 'out'), '--json']);
  expect(closed.code).toBe(1);
  const { check } = JSON.parse(closed.stdout);
  expect(check.outcome).toBe('broken');
  const [mended, doubted] = [6, 3].map((line) => ({ file: 'edge.rules', line }));
  expect(check.requests).toMatchObject([
    { device: 'edge-firewall', rules: ['reject any port 443 (edge.rules:6)'], sources: [mended] },
  ]);
  expect(check.notJudged).toMatchObject([
    {
      rules: [expect.stringMatching(/^deny any port 80 if .*digicert.*\(edge\.rules:3\)$/)],
      sources: [doubted],
    },
  ]);
  const { runs } = JSON.parse(await readFile(join(folder, 'out', 'connector-lab.sarif'), 'utf8'));
  const place = ({ line, file }: { line: number; file: string }) => [
    { physicalLocation: { artifactLocation: { uri: file }, region: { startLine: line } } },
  ];
  expect(runs[0].results).toMatchObject([
    { level: 'error', locations: place(check.requests[0].sources[0]) },
    { level: 'warning', locations: place(check.notJudged[0].sources[0]) },
  ]);
});

it('puts what it read into a site that is there, and leaves the rest', async () => {
  const site = await write(
    'mine.yaml',
    '# Ours',
    'site: Branch',
    'tenant: { domain: contoso.test }',
    'firewall: { default: allow }',
  );
  const table = await write('hosts.csv', 'host;port', '*.msappproxy.net;443');
  expect(await lab(['import', table, '--into', site])).toMatchObject({ code: 0 });
  expect(await readFile(site, 'utf8')).toBe(
    '# Ours\nsite: Branch\ntenant: { domain: contoso.test }\nfirewall:\n  default: drop\n  rules:\n    - allow: "*.msappproxy.net"\n      port: [ 443 ]\n      source: { file: hosts.csv, line: 2 }\n',
  );
});

it('puts what is of a server into the server of the site, and refuses to choose one of several', async () => {
  const hosts = await write('hosts', '198.18.4.9 intranet.contoso.test');
  const one = await write('one.yaml', 'site: Branch', 'servers:', '  - { name: edge-01, tls: "1.1" }');
  expect(await lab(['import', hosts, '--into', one])).toMatchObject({ code: 0 });
  const written = await readFile(one, 'utf8');
  for (const kept of ['edge-01', '1.1', '198.18.4.9']) expect(written).toContain(kept);
  const two = 'site: Branch\nservers: [{ name: a }, { name: b }]\n';
  const file = await write('two.yaml', two.trimEnd());
  const { code, stderr } = await lab(['import', hosts, '--into', file]);
  expect({ code, text: await readFile(file, 'utf8') }).toEqual({ code: 2, text: two });
  expect(stderr).toContain('has 2 servers');
});

it('reads the export of a registry, which is UTF-16', async () => {
  const file = join(folder, 'rules.reg');
  const rule = String.raw`"x"="v2.31|Action=Block|Active=TRUE|Dir=Out|Protocol=6|RPort=443|Svc=WAPCSvc|App=C:\\x.exe|"`;
  const key = '[HKEY_LOCAL_MACHINE\\SYSTEM\\FirewallRules]';
  const text = `\uFEFF${['Windows Registry Editor Version 5.00', '', key, rule].join('\r\n')}\r\n`;
  await writeFile(file, Buffer.from(text, 'utf16le'));
  const { code, stdout } = await lab(['import', file, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).site.servers).toMatchObject([
    {
      'host-firewall': {
        default: 'allow',
        rules: [{ reject: 'any', port: [443], account: 'network-service', source: { line: 4 } }],
      },
    },
  ]);
});

it.each([
  ['a file that is not there', ['nowhere.rules'], /nowhere\.rules: there is no such file/],
  [
    'a file of no known format',
    [await write('poem.txt', 'Roses are red')],
    /is of no format that is known here\. Known are:\n {2}iptables-save/,
  ],
  [
    'a file of which nothing is understood',
    [await write('only.csv', 'host;port', 'see ticket;443')],
    /only\.csv:2: see ticket/,
  ],
  [
    'another machine’s file',
    [
      await write(
        'in.rules',
        '*filter',
        ':INPUT DROP [0:0]',
        ':OUTPUT ACCEPT [0:0]',
        '-A OUTPUT -j ACCEPT',
        'COMMIT',
      ),
      '--as',
      'edge',
    ],
    /nothing in .* --as edge/,
  ],
])('refuses %s', async (_, args, words) => {
  const { code, stdout, stderr } = await lab(['import', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(words);
  expect(stderr).not.toContain('    at ');
});

it('names a list of service tags, so that rules with tags mean its ranges', async () => {
  const list = 'scenarios/service-tags/ServiceTags_Public_20250728.json';
  const rule = 'firewall: { default: drop, rules: [{ allow: 20.190.128.0/18, port: 443 }] }';
  const site = await write('tagged.yaml', 'site: Tagged', rule);
  const words = ['app-proxy-01', 'administrator', 'login.microsoftonline.com:443'];
  expect((await lab(['trace', site, ...words])).stdout).toContain('Not judged');
  expect(await lab(['import', list, '--into', site])).toMatchObject({ code: 0 });
  const { stdout } = await lab(['trace', site, ...words]);
  expect(stdout).toContain('20.190.128.0/18');
  expect(stdout).not.toContain('Not judged');
});

it('says where a list of service tags is none', async () => {
  const cut = await write(
    'cut.json',
    '{ "changeNumber": 7, "cloud": "Public", "values": [ { "addressPrefixes"',
  );
  const { code, stderr } = await lab(['import', cut]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/nothing of .*cut\.json, read as a list of service tags[\s\S]*is cut off/);
});

it('says which options would let it understand more', async () => {
  const edge = 'docs/examples/edge.rules';
  const without = await lab(['import', edge]);
  expect(without.stderr).toContain('More is understood where you say --comes-by, --goes-by (');
  const said = await lab(['import', edge, '--comes-by', 'eth1', '--goes-by', 'eth0']);
  expect(said.stderr).not.toContain('More is understood');
});
