import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readResults } from './read.js';
import { readEvents } from './read-events.js';
import { sample } from './sample.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connector-lab-read-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFile(join(folder, name), text);
const lines = () => sample().events.map((event) => `${JSON.stringify(event)}\n`);

describe('readResults', () => {
  it('reads what a run wrote', async () => {
    const { results } = sample();
    await write('results.json', JSON.stringify(results));
    expect(await readResults(folder)).toEqual(results);
  });

  it.each([
    ['{"schema": "connector-lab/results@1", "scen', /results\.json: is cut off or not JSON/],
    [
      '{"schema": "connector-lab/results@9"}',
      /expected schema connector-lab\/results@1, found "connector-lab\/results@9"/,
    ],
    ['[]', /found none/],
    [JSON.stringify({ ...sample().results, engine: 'steam' }), /engine: Invalid option/],
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

describe('readEvents', () => {
  it('reads every kind of event back as it was', async () => {
    await write('events.jsonl', lines().join(''));
    expect(await readEvents(folder)).toEqual({ events: sample().events, cutOff: false });
  });

  it('leaves a cut last line out, and says so', async () => {
    await write('events.jsonl', lines().join('').slice(0, -30));
    const { events, cutOff } = await readEvents(folder);
    expect(events).toEqual(sample().events.slice(0, -1));
    expect(cutOff).toBe(true);
  });

  it.each([
    ['{"kind": ', /events\.jsonl:2: is not JSON/],
    ['{"kind": "rumour"}', /events\.jsonl:2: is not an event of this version/],
  ])('names the line of %s', async (line, message) => {
    const [first = '', ...rest] = lines();
    await write('events.jsonl', [first, `${line}\n`, ...rest].join(''));
    await expect(readEvents(folder)).rejects.toThrow(message);
    await expect(readEvents(folder)).rejects.toMatchObject({ name: 'ResultsFileError', line: 2 });
  });

  it('says that a folder holds none', async () => {
    await expect(readEvents(join(folder, 'nowhere'))).rejects.toThrow(/there are no results yet/);
  });
});
