import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { judgeLog } from '../../model/verdict/judge-log.js';
import { readLog } from '../../model/verdict/read-log.js';
import { runResultsSchema } from '../../model/verdict/results.js';
import { EmbeddedEngine } from '../engines/embedded/embedded-engine.js';
import { run } from './run.js';
import { signallingBlocked } from './testing.js';

class Weak extends EmbeddedEngine {
  readonly weaknesses = ['memory of machines is not limited'];
}

it('what an engine cannot do to confine machines stands in the results, and in those made of the log', async () => {
  const out = await mkdtemp(join(tmpdir(), 'connector-lab-weak-'));
  const scenarios = [{ scenario: signallingBlocked, file: 'a.scenario.ts' }];
  await run({ scenarios, engine: new Weak(), out, workers: 1 });
  const written = runResultsSchema.parse(JSON.parse(await readFile(join(out, 'results.json'), 'utf8')));
  expect(written.weaknesses).toEqual(['memory of machines is not limited']);
  expect(judgeLog((await readLog(out)).log).weaknesses).toEqual(written.weaknesses);
});
