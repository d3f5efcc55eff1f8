import { existsSync } from 'node:fs';
import { mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { operation } from '../verdict/testing.js';
import { Output, OutputError } from './output.js';

const folder = () => mkdtemp(join(tmpdir(), 'connector-lab-output-'));

describe('Output', () => {
  it('leaves earlier results untouched until everything is written', async () => {
    const out = await folder();
    await writeFile(join(out, 'results.json'), 'earlier');
    {
      await using output = await Output.open(out);
      await output.write('results.json', 'new');
      expect(await readFile(join(out, 'results.json'), 'utf8')).toBe('earlier');
    }
    expect(await readFile(join(out, 'results.json'), 'utf8')).toBe('earlier');
    {
      await using output = await Output.open(out);
      await output.write('results.json', 'new');
      await output.commit();
    }
    expect(await readFile(join(out, 'results.json'), 'utf8')).toBe('new');
  });

  it('names the path where a file stands in the way', async () => {
    const file = join(await folder(), 'file');
    await writeFile(file, '');
    await expect(Output.open(join(file, 'out'))).rejects.toThrow(OutputError);
    await expect(Output.open(join(file, 'out'))).rejects.toThrow(/cannot write .*file, not a folder/);
  });

  it.skipIf(!existsSync('/dev/full'))('keeps earlier results and says so when the disk is full', async () => {
    const out = await folder();
    await writeFile(join(out, 'results.json'), 'earlier');
    // /dev/full answers every write as a full disk does.
    await symlink('/dev/full', join(out, 'events.jsonl.partial'));
    const work = async () => {
      await using output = await Output.open(out);
      await output.append([operation()]);
      await output.commit();
    };
    await expect(work()).rejects.toThrow(/cannot write .*events.jsonl: the disk is full/);
    expect(await readFile(join(out, 'results.json'), 'utf8')).toBe('earlier');
  });
});
