import { stripVTControlCharacters } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { folder, lab } from './testing.js';

const check = async () => [
  ...['check', 'scenarios/sites/documented.yaml', '--engine', 'embedded', '--out', await folder()],
  '--json',
];

it('check says what it goes through, on standard error alone', async () => {
  const { stdout, stderr } = await lab(await check());
  expect(stderr).toMatch(
    /^Checking .+\n {2}through a network as documented …\n {2}through .+ of the site …\n/,
  );
  expect(stderr).not.toContain('\r');
  expect(JSON.parse(stdout)).toMatchObject({ summary: { failed: 0 } });
});

it('check says on a terminal which step it is at, and takes the line away at the end', async () => {
  const { isTTY } = process.stderr;
  onTestFinished(() => void Object.assign(process.stderr, { isTTY }));
  process.stderr.isTTY = true;
  const { stdout, stderr } = await lab(await check(), { CI: '' });
  const lines = stderr.split('\r\x1b[K').map(stripVTControlCharacters);
  const counted = lines.flatMap((line) => {
    const [, done, total, words = ''] = /^(\d+)\/(\d+) {2}\d+ s {2}(.*)$/.exec(line) ?? [];
    return done === undefined ? [] : [{ done: Number(done), total: Number(total), words }];
  });
  expect(counted.map(({ done }) => done)).toEqual(counted.map((_, index) => index));
  expect(new Set(counted.map(({ total }) => total))).toEqual(new Set([counted.length]));
  expect(counted.filter(({ words }) => words.endsWith(': bootstrap'))).toHaveLength(2);
  expect(lines.at(-1)).not.toMatch(/^\d+\//);
  expect(JSON.parse(stdout)).toMatchObject({ summary: { failed: 0 } });
});
