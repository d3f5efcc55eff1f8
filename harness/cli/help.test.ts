import { expect, it } from 'vitest';
import { lab } from './testing.js';

const names = async () => {
  const { stdout } = await lab(['--help']);
  return [...stdout.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].flatMap(([, name]) => name ?? []);
};

it('begins with what somebody does who has a broken network', async () => {
  expect((await names()).slice(0, 3)).toEqual(['check', 'init', 'import']);
});

it('fits into a terminal of 80 columns, that of all commands and that of each', async () => {
  const commands = await names();
  expect(commands.length).toBeGreaterThan(15);
  for (const args of [[], ...commands.filter((name) => name !== 'help').map((name) => [name])]) {
    const { code, stdout } = await lab([...args, '--help']);
    expect([code, stdout.split('\n').filter((line) => line.length > 80)]).toEqual([0, []]);
  }
});

it('names files in its examples that are there for everybody', async () => {
  for (const name of await names()) {
    const { stdout } = await lab(['help', name]);
    expect(stdout, name).not.toMatch(/\$ .*scenarios\//);
  }
});
