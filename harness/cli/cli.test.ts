import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeLog } from '../../model/verdict/judge-log.js';
import { runResultsSchema } from '../../model/verdict/results.js';
import { played, runLog } from '../../model/verdict/testing.js';
import { folder, lab } from './testing.js';

const threeMistakes = 'scenarios/sites/three-mistakes.yaml';

describe('run', () => {
  it('writes evidence, results and reports, and prints only JSON when asked to', async () => {
    const out = await folder();
    const { code, stdout, stderr } = await lab(['run', 'server/os-version', '--out', out, '--json']);
    expect(code).toBe(0);
    const results = runResultsSchema.parse(JSON.parse(stdout));
    expect(results.summary).toEqual({ passed: 3, failed: 0, skipped: 0, flaky: 0 });
    expect(stderr).toContain('server/os-version#server-2012');
    expect((await readdir(out)).sort()).toEqual([
      'ctrf.json',
      'events.jsonl',
      'junit.xml',
      'report.html',
      'requests.csv',
      'requests.txt',
      'results.json',
      'summary.md',
    ]);
    const lines = (await readFile(join(out, 'events.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const cited = results.scenarios[0]?.phases[1]?.results[0]?.events ?? [];
    expect(
      lines.some(({ id, scenario }) => scenario === results.scenarios[0]?.id && cited.includes(id)),
    ).toBe(true);
  });

  it('--failed takes what failed, was under way or had not begun, and says so where that is nothing', async () => {
    const [passed, failed, underWay, notStarted] = [
      'server/ie-esc',
      'server/os-version#server-2012',
      'server/os-version#server-2008-r2',
      'server/dotnet-version#1.5.3437.0 with 4.7',
    ];
    const { ended: _, ...cut } = played(underWay);
    const log = runLog([played(passed), played(failed, { outcome: 'tcp-drop' }), cut], {
      selected: [passed, failed, underWay, notStarted],
    });
    delete log.end;
    const [out, fine] = [await folder(), await folder()];
    await writeFile(join(out, 'results.json'), JSON.stringify(judgeLog(log)));
    await writeFile(join(fine, 'results.json'), JSON.stringify(judgeLog(runLog([played(passed)]))));

    const other = await lab(['run', passed, '--failed', '--out', out]);
    expect(other.stderr).toContain(`Nothing to run: none of these is meant: ${failed}, `);
    const nothing = await lab(['run', '--failed', '--out', fine]);
    expect(nothing.stderr).toContain('Nothing to run: no scenario failed last time.');
    expect([other.code, nothing.code]).toEqual([0, 0]);
    const asJson = await lab(['run', '--failed', '--out', fine, '--json']);
    expect(runResultsSchema.parse(JSON.parse(asJson.stdout))).toMatchObject({ scenarios: [] });

    const { code, stdout } = await lab(['run', '--failed', '--out', out, '--json']);
    const ran = runResultsSchema.parse(JSON.parse(stdout)).scenarios.map(({ id }) => id);
    expect(ran.sort()).toEqual([notStarted, underWay, failed].sort());
    expect(code).toBe(0);
  });
});

it('list --requirements takes patterns of requirements, each with all that prove it', async () => {
  const { code, stdout } = await lab(['list', '--requirements', 'ports/outbound-443', '--json']);
  expect(code).toBe(0);
  const listed = JSON.parse(stdout) as { id: string; provedBy: string[] }[];
  expect(listed.map(({ id }) => id)).toEqual(['ports/outbound-443']);
  expect(listed[0]?.provedBy).toContain('customers/proxy-down');
});

it('every requirement has a scenario that proves it, by its page and hidden from it', async () => {
  const { code, stdout } = await lab(['list', '--requirements', '--json']);
  const listed = JSON.parse(stdout) as { id: string; provedBy: string[] }[];
  const unproved = listed.filter(({ provedBy }) => provedBy.length === 0).map(({ id }) => id);
  expect([code, unproved]).toEqual([0, []]);
});

describe('check', () => {
  it('names three mistakes in one site, each with what to do, device, rule and requirement', async () => {
    const out = await folder();
    const { code, stdout } = await lab(['check', threeMistakes, '--out', out]);
    expect(code).toBe(1);
    const text = stdout.replace(/\s+/g, ' ');
    // One of them is for two hosts, which one person opens at one device.
    expect(text).toContain('2 things to mend');
    for (const [administrator, ask, device, rule, requirement] of [
      [
        'Windows servers',
        'on the host firewall of app-proxy-01',
        'host-firewall',
        'deny any port 443 account local-system',
        'ports/service-account',
      ],
      [
        'firewall',
        'Open *.servicebus.windows.net:443',
        'edge-firewall',
        'default drop',
        'hosts/*.servicebus.windows.net/443',
      ],
      ['firewall', 'ocsp.digicert.com:80 at', 'edge-firewall', 'default drop', 'hosts/ocsp.digicert.com/80'],
    ] as const) {
      const mistake = text.split('For the administrator of the ').find((part) => part.includes(requirement));
      expect(mistake).toMatch(new RegExp(`^${administrator}`));
      expect(mistake).toContain(ask);
      expect(mistake).toContain(`${device}, rule "${rule}"`);
    }

    const requests = await readFile(join(out, 'requests.txt'), 'utf8');
    const csv = await readFile(join(out, 'requests.csv'), 'utf8');
    const results = runResultsSchema.parse(JSON.parse(await readFile(join(out, 'results.json'), 'utf8')));
    const numbersIn = (all: string) => [...new Set(all.match(/^\d+(?=[.,])/gm))];
    expect(results.check?.requests).toHaveLength(2);
    for (const one of [stdout, requests, csv]) expect(numbersIn(one)).toEqual(['1', '2']);

    // From the log alone it says the same.
    expect(await lab(['report', out])).toMatchObject({ code: 1, stdout });
    expect(await readFile(join(out, 'requests.txt'), 'utf8')).toBe(requests);
  });

  it('finds nothing broken in a site that exempts the connector from inspection', async () => {
    const { code, stdout } = await lab([
      'check',
      'scenarios/sites/contoso-headquarters.yaml',
      '--out',
      await folder(),
    ]);
    expect(stdout).toContain('nothing documented is broken');
    expect(code).toBe(0);
  });
});

describe('wrong input gets one clear message, the right code, and no stack', () => {
  it.each([
    ['an unknown option', ['run', '--workrs', '2'], 2, /unknown option '--workrs'[\s\S]*--workers/],
    ['an unknown command', ['chek'], 2, /Did you mean check/],
    ['a wrong number', ['run', '--workers', 'many'], 2, /whole number from 1 to 64/],
    [
      'a wrong engine',
      ['run', '--engine', 'kontainers'],
      2,
      /did you mean containers\? There are auto, embedded, containers\./,
    ],
    ['an engine that is not there', ['run', '--engine', 'containers'], 3, /use --engine embedded/],
    [
      'an unknown scenario',
      ['run', 'verify/active-lable'],
      2,
      /no scenario fits "verify\/active-lable"; did you mean verify\/active-label/,
    ],
    ['a pattern near an area', ['run', 'hotsts/'], 2, /no scenario fits "hotsts\/"; did you mean hosts\/\?/],
    [
      'a pattern near nothing',
      ['run', 'nope'],
      2,
      /no scenario fits "nope"; they begin with access\/, .*verify\//,
    ],
    [
      'an unknown requirement',
      ['run', '--requirement', 'tls/no-inspektion'],
      2,
      /did you mean tls\/no-inspection/,
    ],
    [
      'a requirement that none of the scenarios proves',
      ['run', 'tls/', '--requirement', 'ports/outbound-80'],
      2,
      /no scenario that fits "tls\/" proves ports\/outbound-80; those that do: customers\/.* and \d+ more/,
    ],
    ['an unknown row', ['ablate', '--rows', 'example.com'], 2, /no documented host contains "example.com"/],
    ['a wrong shard', ['run', '--shard', '4/3'], 2, /i\/n, such as 2\/3/],
    ['a shard without a number', ['run', '--shard', 'first'], 2, /i\/n, such as 2\/3/],
    ['too few times', ['run', '--repeat', '0'], 2, /whole number from 1 to 1000/],
    [
      'a baseline that is not there',
      ['run', '--baseline', 'nowhere.json'],
      2,
      /nowhere.json: there is no such file/,
    ],
    [
      'a baseline without a place',
      ['report', '--update-baseline'],
      2,
      /--update-baseline means nothing without --baseline/,
    ],
    ['a folder without results', ['report', 'nowhere'], 2, /events.jsonl: there are no results yet/],
    ['no command to help with', ['help', 'chekc'], 2, /unknown command 'chekc'[\s\S]*Did you mean check/],
    [
      'a missing argument',
      ['check'],
      2,
      /missing required argument 'site'\n\(connector-lab check --help shows what it takes\)/,
    ],
    [
      'a misspelt choice',
      ['check', 'x.yaml', '--engine', 'embeded'],
      2,
      /did you mean embedded\? There are auto, embedded, containers\./,
    ],
    [
      'a word that is near no choice',
      ['check', 'x.yaml', '--engine', 'quick'],
      2,
      /Allowed choices are auto,/,
    ],
    ['a requirement near none', ['explain', 'quick'], 2, /list --requirements shows all/],
    ['a folder for a baseline', ['run', '--baseline', 'docs'], 2, /docs: is a folder; name the results.json/],
    ['an empty pattern', ['run', ''], 2, /an empty pattern means nothing/],
    [
      'durations without a shard',
      ['run', '--durations', 'x'],
      2,
      /--durations means nothing without --shard/,
    ],
    [
      'slower than nothing',
      ['report', '--slower-than', '3'],
      2,
      /--slower-than means nothing without --baseline/,
    ],
    [
      'a file for a folder of results',
      ['report', 'package.json'],
      2,
      /package.json is a file; name the folder/,
    ],
    [
      'an unknown requirement to list',
      ['list', '--requirements', 'prots/outbound-443'],
      2,
      /no requirement fits "prots\/outbound-443"; did you mean ports\/outbound-443/,
    ],
    ['a missing site', ['check', 'nowhere.yaml'], 2, /nowhere.yaml: there is no such file/],
    ['a folder for a site', ['check', 'scenarios'], 2, /is a folder, not a site file/],
  ])('%s', async (_, args, code, message) => {
    const end = await lab(args);
    expect(end.stderr).toMatch(message);
    expect(end.stderr).not.toMatch(/\n\s+at /);
    expect(end.code).toBe(code);
  });

  it.each<[string, string[], NodeJS.ProcessEnv]>([
    ['an option', ['check', 'x', '--engine', 'EVIL'], {}],
    ['a variable', ['check', 'x'], { CONNECTOR_LAB_ENGINE: 'EVIL' }],
    ['a command', ['EVIL'], {}],
    ['an unknown option', ['check', '--EVIL'], {}],
  ])('%s that would steer the terminal is told as what it is', async (_, args, env) => {
    const evil = `\u001b[2J\u202e${'x'.repeat(3000)}`;
    const filled = Object.entries(env).map(([name]) => [name, evil]);
    const { code, stderr } = await lab(
      args.map((word) => word.replace('EVIL', evil)),
      Object.fromEntries(filled),
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/\ufffd\[2J\ufffdxxx/);
    for (const one of ['\u001b', '\u202e']) expect(stderr).not.toContain(one);
    expect(stderr.length).toBeLessThan(2000);
  });

  it('a wrong site file starts nothing and leaves earlier results alone', async () => {
    const out = await folder();
    await writeFile(join(out, 'results.json'), 'earlier');
    await writeFile(join(out, 'site.yaml'), 'site: x\nfirewal: {}\n');
    const end = await lab(['check', join(out, 'site.yaml'), '--out', out]);
    expect(end.code).toBe(2);
    expect(end.stderr).toContain('site.yaml:2:1: firewal: unknown key; did you mean "firewall"?');
    expect(await readFile(join(out, 'results.json'), 'utf8')).toBe('earlier');
    expect(await readdir(out)).toHaveLength(2);
  });

  it('results that are cut off are not read as good', async () => {
    const out = await folder();
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'results.json'), '{"schema": "connector-lab/resu');
    const end = await lab(['run', '--failed', '--out', out]);
    expect(end.stderr).toContain('is cut off or not JSON');
    expect(end.code).toBe(2);
  });
});
