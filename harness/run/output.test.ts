import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../model/verdict/kept-events.js';
import { sample } from '../../model/verdict/sample/sample.js';
import { operation } from '../../model/verdict/testing.js';
import { capturesOf, Output } from './output.js';
import { OutputError } from './output-error.js';

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

  it('writes through no link that somebody has laid into the folder', async () => {
    const [out, elsewhere] = [await folder(), join(await folder(), 'precious')];
    await writeFile(elsewhere, 'ours');
    for (const name of ['events.jsonl.partial', 'results.json.partial', 'results.json', 'events.jsonl'])
      await symlink(elsewhere, join(out, name));
    await using output = await Output.open(out);
    await output.append([operation({ id: 'e1' })]);
    await output.write('results.json', 'new');
    await output.commit();
    expect(await readFile(elsewhere, 'utf8')).toBe('ours');
    expect(await readFile(join(out, 'results.json'), 'utf8')).toBe('new');
  });

  it('takes away a report that earlier results had, and these have not, once they are complete', async () => {
    const out = await folder();
    const report = join(out, 'connector-lab.sarif');
    await writeFile(report, 'earlier');
    const { results } = sample();
    await using output = await Output.open(out);
    await output.writeResults(results, evidenceOf([]), () => ({ 'connector-lab.sarif': undefined }));
    expect(existsSync(report)).toBe(true);
    await output.commit();
    expect(existsSync(report)).toBe(false);
  });

  it('goes on where a report about the unfinished run has put its log in place', async () => {
    const out = await folder();
    await writeFile(join(out, 'events.jsonl'), 'of an earlier run');
    await using output = await Output.open(out);
    await output.append([operation({ id: 'e1' })]);
    await mkdir(capturesOf(out));
    await writeFile(join(capturesOf(out), 'before.pcap'), '');
    {
      await using report = Output.again(out);
      await report.write('results.json', 'partial');
      await report.commit();
    }
    await output.append([operation({ id: 'e2' })]);
    await writeFile(join(capturesOf(out), 'after.pcap'), '');
    await output.write('results.json', 'whole');
    await output.commit();
    expect((await readdir(join(out, 'evidence'))).sort()).toEqual(['after.pcap', 'before.pcap']);
    const log = await readFile(join(out, 'events.jsonl'), 'utf8');
    expect(log.match(/"id":"e\d"/g)).toEqual(['"id":"e1"', '"id":"e2"']);
    expect(await readFile(join(out, 'results.json'), 'utf8')).toBe('whole');
  });

  it('keeps the lines of callers at the same time apart', async () => {
    const out = await folder();
    await using output = await Output.open(out);
    // Larger than what one write takes.
    const large = (id: string) => operation({ id, detail: id.repeat(700_000) });
    await Promise.all(['a', 'b', 'c'].map((id) => output.append([large(id), operation({ id })])));
    await output.commit();
    const lines = (await readFile(join(out, 'events.jsonl'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
  });

  it('a merge takes the captures of a run that was killed, not those that an earlier one left there', async () => {
    const [killed, merged] = [await folder(), await folder()];
    await mkdir(join(killed, 'evidence'));
    await writeFile(join(killed, 'evidence', 'gateway.pcap'), 'earlier');
    {
      await using _ = await Output.open(killed);
      await mkdir(capturesOf(killed));
      await writeFile(join(capturesOf(killed), 'gateway.pcap'), 'its own');
    }
    await using output = await Output.open(merged);
    await output.copyCaptures(killed);
    await output.commit();
    expect(await readFile(join(merged, 'evidence', 'gateway.pcap'), 'utf8')).toBe('its own');
  });

  it('keeps the log of a run that ends without its end', async () => {
    const out = await folder();
    {
      await using output = await Output.open(out);
      await output.append([operation()]);
      await output.write('results.json', 'new');
    }
    expect(await readdir(out)).toEqual(['events.jsonl.partial']);
  });

  it('is one run’s at a time, and free again when the run has ended or was killed', async () => {
    const out = await folder();
    {
      await using first = await Output.open(out);
      await expect(Output.open(out)).rejects.toThrow(
        `another run (process ${process.pid}) is writing there; wait for it, or choose another --out`,
      );
      await first.append([operation()]);
    }
    const { pid } = spawnSync(process.execPath, ['--version']);
    await writeFile(join(out, 'run.lock'), `${pid} 1`);
    await using second = await Output.open(out);
    await second.append([operation()]);
  });

  it('names the path where a file stands in the way', async () => {
    const file = join(await folder(), 'file');
    await writeFile(file, '');
    await expect(Output.open(join(file, 'out'))).rejects.toThrow(OutputError);
    await expect(Output.open(join(file, 'out'))).rejects.toThrow(/cannot write .*file, not a folder/);
  });

  it.skipIf(!existsSync('/proc/self'))('says so where no folder can be made, and ends', async () => {
    await expect(Output.open('/proc/nothing/there')).rejects.toThrow(
      'cannot write /proc/nothing: no folder can be made there; choose another --out',
    );
  });
});
