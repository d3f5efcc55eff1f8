import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { artefacts } from '../harness/cli/artefacts.js';
import { selectEngine } from '../harness/engines/select.js';
import { checkSite } from '../harness/run/check.js';
import { run } from '../harness/run/run.js';
import { loadScenarios } from '../model/scenario/load.js';
import { readSite } from '../model/site/read.js';
import { buildDocs, type MadeReport } from './docs-site/build.js';

/**
 * `npm run docs`: the documentation as a site in `docs-site`, which opens from disk and loads nothing from elsewhere,
 * with the reports of a check and of a run that are made for it.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'connector-lab-docs-'));
try {
  const reports = await madeReports();
  const pages = await buildDocs(root, `${root}docs-site`, reports);
  console.log(`${pages.length} pages and ${reports.length} reports; open docs-site/index.html`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function madeReports(): Promise<MadeReport[]> {
  await using engine = await selectEngine('embedded');
  const [check, ports] = [join(folder, 'check'), join(folder, 'ports')];
  await checkSite(await readSite(`${root}scenarios/sites/three-mistakes.yaml`), {
    ...{ engine, out: check, artefacts },
  });
  const loaded = await loadScenarios(`${root}scenarios`);
  const scenarios = loaded.filter(({ scenario }) => scenario.id.startsWith('ports/'));
  await run({ scenarios, engine, out: ports, workers: 1, artefacts });
  const html = (out: string) => readFile(join(out, 'report.html'), 'utf8');
  return [
    { title: 'Check of a site with three mistakes', place: 'check-report.html', html: await html(check) },
    { title: 'The scenarios about ports', place: 'run-report.html', html: await html(ports) },
  ];
}
