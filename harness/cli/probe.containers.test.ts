import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diagnose } from '../../model/diagnosis/diagnose.js';
import { completeSite } from '../../model/site/complete.js';
import { documentedSite } from '../../model/site/documented.js';
import type { Site } from '../../model/site/schema.js';
import { engineForTests, engineSaid, runtimeForTests } from '../engines/containers/testing.js';
import { probeMachines } from '../probe/probe-machines.js';
import { faults } from '../probe/testing-faults.js';
import { probeProgram } from './probe-program.js';
import { expectReproduced } from './testing-reproduced.js';

const docker = await runtimeForTests();
const folder = await mkdtemp(join(tmpdir(), 'connector-lab-probe-'));
const { signal } = new AbortController();

/** What Windows allows of TLS a program for any Node cannot see: it brings its own. */
const unseen = new Set(['Windows without TLS 1.2']);
/** In every run those that are not waited for; all of them, some ten minutes, with `FAULTS=all`. */
const quick = new Set([
  'the server’s firewall refuses one account',
  'the proxy refuses a row',
  'TLS is inspected',
]);
const wanted = faults.filter(([what]) =>
  process.env.FAULTS === 'all' ? !unseen.has(what) : quick.has(what),
);

async function probed(site: Site) {
  if (!docker) throw new Error('no engine');
  const said: string[] = [];
  const before = engineSaid.length;
  const evidence = await probeMachines(site, await engineForTests(docker), {
    ...{ program: await probeProgram(), signal },
    say: (text) => void said.push(text),
  });
  // Nothing of the program is left on machines that are used again.
  expect(engineSaid.slice(before).filter((text) => text.includes('thrown away'))).toEqual([]);
  return { evidence, said };
}

it.skipIf(!docker)(
  'the file that customers get, on machines: nothing wrong where all is documented',
  async () => {
    const { evidence, said } = await probed(documentedSite());
    expect(diagnose(evidence)).toMatchObject({ outcome: 'nothing wrong', causes: [] });
    expect(new Set(evidence.attempts.map(({ account }) => account)).size).toBe(3);
    expect(said).toEqual(['Probing from app-proxy-01 …']);
  },
);

it.skipIf(!docker).each(wanted)(
  '%s: evidence of machines, and a site that gives it again',
  async (...fault) => {
    const { evidence } = await probed(completeSite(fault[1]));
    await expectReproduced(fault, evidence, folder);
  },
);
