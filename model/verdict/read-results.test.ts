import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readExpectedFailures } from './read-expected.js';
import { readLog } from './read-log.js';
import { readResults } from './read-results.js';
import { linesOf, type RunLog } from './run-log.js';
import { sample } from './sample/sample.js';
import { played, runLog } from './testing.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connector-lab-read-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFile(join(folder, name), text);

describe('readResults', () => {
  it('reads what a run wrote', async () => {
    const { results } = sample();
    await write('results.json', JSON.stringify(results));
    expect(await readResults(folder)).toEqual(results);
  });

  it.each([
    ['{"schema": "connector-lab/results@2", "scen', /results\.json: is cut off or not JSON/],
    [
      '{"schema": "connector-lab/results@9"}',
      /expected schema connector-lab\/results@2, found "connector-lab\/results@9"/,
    ],
    ['[]', /found none/],
    [JSON.stringify({ ...sample().results, engine: 'steam' }), /engine: Invalid option/],
    [JSON.stringify({ ...sample().results, sites: { k: { site: 'x' } } }), /sites\.k: is no site/],
  ])('says what is wrong with %s', async (text, message) => {
    await write('results.json', text);
    await expect(readResults(folder)).rejects.toThrow(message);
    await expect(readResults(folder)).rejects.toMatchObject({ name: 'ResultsFileError' });
  });

  it('tells a missing file and a folder in its place apart', async () => {
    await expect(readResults(folder)).rejects.toThrow(/there are no results yet/);
    await mkdir(join(folder, 'results.json'));
    await expect(readResults(folder)).rejects.toThrow(/results\.json: is a folder/);
  });
});

describe('readLog', () => {
  const log = (): RunLog => ({
    ...runLog([{ ...played('verify/signalling'), events: sample().events }]),
  });
  const lines = () => [...linesOf(log())].map((line) => `${JSON.stringify(line)}\n`);

  it('reads every kind of line back as it was', async () => {
    await write('events.jsonl', lines().join(''));
    expect(await readLog(folder)).toMatchObject({ log: log(), left: false });
  });

  it('leaves a cut last line out: that run did not come to its end', async () => {
    await write('events.jsonl', lines().slice(0, -2).join('').slice(0, -30));
    const [played] = log().repetitions;
    const read = await readLog(folder);
    expect(read.log.repetitions).toEqual([{ begun: played?.begun, events: played?.events.slice(0, -1) }]);
    expect(read.log.end).toBeUndefined();
  });

  it('takes what a killed run left before the complete log of an earlier one', async () => {
    await write('events.jsonl', lines().join(''));
    await write('events.jsonl.partial', lines().slice(0, 3).join(''));
    expect(await readLog(folder)).toMatchObject({
      file: join(folder, 'events.jsonl.partial'),
      left: true,
      log: { repetitions: [{ events: [] }] },
    });
  });

  it.each([
    ['{"kind": ', 4, /events\.jsonl:4: is not JSON/],
    ['{"kind": "rumour"}', 4, /events\.jsonl:4: is not an event of this version/],
    ['{"kind": "scenario-end"}', 4, /events\.jsonl:4: is not a scenario-end line of this version: scenario:/],
    [JSON.stringify({ ...sample().events[0], scenario: 'a/b' }), 4, /events\.jsonl:4: a\/b has not begun/],
    ['{"kind": "run", "schema": "connector-lab/events@9"}', 1, /:1: expected schema .*@2, found ".*@9"/],
    [JSON.stringify(sample().events[0]), 1, /:1: does not begin with the line of its run/],
  ])('names the line of %s', async (line, number, message) => {
    await write(
      'events.jsonl',
      lines()
        .toSpliced(number - 1, 0, `${line}\n`)
        .join(''),
    );
    await expect(readLog(folder)).rejects.toThrow(message);
    await expect(readLog(folder)).rejects.toMatchObject({ name: 'ResultsFileError', line: number });
  });

  it('says that a folder holds none, or nothing', async () => {
    await expect(readLog(join(folder, 'nowhere'))).rejects.toThrow(/there are no results yet/);
    await write('events.jsonl.partial', '');
    await expect(readLog(folder)).rejects.toThrow(/partial: holds no run/);
  });
});

describe('readExpectedFailures', () => {
  const read = async (text: string) => {
    await write('expected.yaml', text);
    return readExpectedFailures(join(folder, 'expected.yaml'), ['tls/issuer']);
  };

  it('reads reason and last day by scenario', async () => {
    const expected = await read('- scenario: tls/issuer\n  reason: ticket 7\n  until: 2027-01-31\n');
    expect([...expected]).toEqual([['tls/issuer', { reason: 'ticket 7', until: '2027-01-31' }]]);
  });

  it.each([
    ['- scenario: tls/issuer\n  until: 2027-01-31', /expected\.yaml:1: reason: /],
    ['# why\n- scenario: tls/issuer\n  reason: x\n  until: soon', /expected\.yaml:2: until: .*yyyy-mm-dd/],
    ['- { scenario: tls/isuer, reason: x, until: 2027-01-31 }', /did you mean tls\/issuer/],
    ['tls/issuer: never', /expected\.yaml:1: expected a list of/],
    ['- {', /expected\.yaml:\d: /],
  ])('says what is wrong with %s', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it.each([
    [
      '- scenario: tls/issuer\n  reason: x\n  until: 2027-01-31\n  why: y',
      'a key too many; expected a list of',
    ],
    [
      '- { scenario: tls/issuer, reason: x, until: 2027-01-31 }\n- { scenario: tls/issuer, reason: y, until: 2027-01-31 }',
      'expected.yaml:2: tls/issuer is declared twice',
    ],
    ['- tls/issuer', 'scenario: Invalid input'],
    ['- { scenario: quite/another, reason: x, until: 2027-01-31 }', 'no scenario is called quite/another'],
    ['- { scenario: tls/issuer, reason: "", until: 2027-01-31 }', 'reason: '],
    [
      '- { scenario: tls/issuer, reason: x, reason: y, until: 2027-01-31, until: 2027-01-31 }',
      'a key too many',
    ],
  ])('refuses %s', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('says of which file, where it is not there, and guesses nothing that is far', async () => {
    await expect(readExpectedFailures(join(folder, 'none.yaml'))).rejects.toThrow('none.yaml');
    await expect(read('- { scenario: quite/another, reason: x, until: 2027-01-31 }')).rejects.toThrow(
      /no scenario is called quite\/another$/,
    );
  });

  it('takes any scenario, where nobody says which there are', async () => {
    await write('any.yaml', '- { scenario: quite/another, reason: x, until: 2027-01-31 }');
    expect([...(await readExpectedFailures(join(folder, 'any.yaml'))).keys()]).toEqual(['quite/another']);
  });
});
