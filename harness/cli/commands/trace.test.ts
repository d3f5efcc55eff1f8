import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lab } from '../testing.js';

const site = 'scenarios/sites/three-mistakes.yaml';

it('prints every device on the way, what it does, by which rule and why', async () => {
  const { code, stdout } = await lab([
    'trace',
    site,
    'app-proxy-01',
    'network-service',
    'ocsp.digicert.com:80',
  ]);
  expect(code).toBe(1);
  expect(stdout).toContain('app-proxy-01 (network-service, system stack) to ocsp.digicert.com:80');
  expect(stdout).toMatch(/^ {2}resolver +answer$/m);
  expect(stdout).toMatch(/^✗ edge-firewall +drop +default drop$/m);
  expect(stdout).toContain('tcp-drop: edge-firewall stops it.');
});

it('asks the devices behind one that stops the flow as well', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'connector-lab-trace-'));
  const file = join(folder, 'site.yaml');
  const target = 'ocsp.digicert.com:80';
  await writeFile(
    file,
    'site: Both\nfirewall: { default: drop }\nresolver: { faults: [{ name: ocsp.digicert.com, answer: nxdomain }] }\n',
  );
  const { stdout } = await lab(['trace', file, 'app-proxy-01', 'network-service', target, '--json']);
  await rm(folder, { recursive: true });
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: 'dns-nxdomain',
    stops: [{ device: 'resolver' }, { device: 'edge-firewall' }],
  });
});

it('names the rule that came nearest where a flow is stopped', async () => {
  const words = ['app-proxy-01', 'network-service', 'crl3.digicert.com:80'];
  const { stdout } = await lab(['trace', 'scenarios/sites/p03-proxy-one-stack.yaml', ...words]);
  expect(stdout).toContain(
    '    nearest: rule 3, "allow crl3.digicert.com port 80 from proxy", is about what comes from proxy, not from app-proxy-01\n',
  );
});

it('says that nothing stops it', async () => {
  const documented = 'scenarios/sites/documented.yaml';
  const { code, stdout } = await lab([
    'trace',
    documented,
    'app-proxy-01',
    'administrator',
    'login.windows.net:443',
  ]);
  expect([code, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, 'It comes through.']);
});

it('asks through the stack that is named, each of which finds its proxy in its own way', async () => {
  const words = ['app-proxy-01', 'network-service', 'login.windows.net:443'];
  const through = async (stack: string) => {
    const file = 'scenarios/sites/p03-tunnel-goes-direct.yaml';
    const { code, stdout, stderr } = await lab(['trace', file, ...words, '--stack', stack]);
    return [code, stdout.trimEnd().split('\n').at(-1), stderr];
  };
  expect(await through('service')).toEqual([0, 'It comes through.', '']);
  expect(await through('tunnel')).toEqual([1, 'tcp-drop: edge-firewall stops it.', '']);
  expect(await through('tunel')).toEqual([2, '', 'no stack is called "tunel"; did you mean tunnel?\n']);
});

it('says what a PAC file answers, and what becomes of a dead proxy in it', async () => {
  const words = ['app-proxy-01', 'network-service', 'crl3.digicert.com:80'];
  const { stdout } = await lab(['trace', 'scenarios/sites/pac-sends-direct.yaml', ...words]);
  expect(stdout).toContain(
    'the PAC file sends crl3.digicert.com to old-proxy.contoso.test:8080, then to proxy.contoso.test:8080, then direct',
  );
  expect(stdout).toContain('dns-nxdomain: the next way is tried');
});

it('says what is not judged, and neither that it comes through nor that anything stops it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trace-'));
  const file = join(folder, 'site.yaml');
  await writeFile(file, 'site: x\nfirewall: { rules: [{ allow: 20.33.0.0/16, port: 443 }] }\n');
  const words = ['trace', file, 'app-proxy-01', 'administrator', 'login.windows.net:443'];
  const { code, stdout } = await lab(words);
  await rm(folder, { recursive: true });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^\? edge-firewall +drop +default drop$/m);
  expect(stdout).toContain('    not judged: "allow 20.33.0.0/16 port 443" before it may be about');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(
    'Not judged: what edge-firewall does hangs on rules that may or may not be about it.',
  );
});

describe('--live', () => {
  const live = (file: string, target: string, ...more: string[]) =>
    lab([
      'trace',
      file,
      'app-proxy-01',
      'network-service',
      target,
      '--live',
      '--engine',
      'embedded',
      ...more,
    ]);

  it('prints beside each hop what the lab recorded, and that both say the same', async () => {
    const { code, stdout } = await live('scenarios/sites/p03-proxy-one-stack.yaml', 'login.windows.net:443');
    expect([code, stdout.match(/^ {4}lab: .+$/gm)]).toEqual([
      0,
      [
        '    lab: answer',
        '    lab: allow by "default allow"',
        '    lab: allow by "default allow"',
        '    lab: answer',
        '    lab: allow by "allow login.windows.net port 443 from proxy"',
      ],
    ]);
    expect(stdout).toContain('In the lab (embedded) it was answered, and the devices decided alike.');
  });

  it('ends with 1 where the flow is stopped, and has all of it as JSON', async () => {
    const { code, stdout } = await live(site, 'ocsp.digicert.com:80', '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([
      1,
      { outcome: 'tcp-drop', lab: { engine: 'embedded', comesThrough: false, differences: [] } },
    ]);
  });

  it('is what --engine needs', async () => {
    const words = ['app-proxy-01', 'network-service', 'a.test:80', '--engine', 'embedded'];
    const { code, stderr } = await lab(['trace', site, ...words]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--engine means nothing without --live')]);
  });
});

describe('what means nothing', () => {
  it.each([
    [['app-proxy-1', 'network-service', 'a.test:80'], 'did you mean app-proxy-01?'],
    [['app-proxy-01', 'networkservice', 'a.test:80'], 'did you mean network-service?'],
    [['app-proxy-01', 'network-service', 'https://a.test'], 'not a host and a port'],
    [['app-proxy-01', 'network-service', 'a.test:70000'], 'not a host and a port'],
  ])('%s', async (words, message) => {
    const { code, stdout, stderr } = await lab(['trace', site, ...words]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
