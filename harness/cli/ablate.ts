import { documentedHosts } from '../../model/requirements/documented-hosts.js';
import { UnknownScenarioError } from '../../model/scenario/load.js';
import { rowName } from '../../model/verdict/ablation.js';
import type { ScenarioResults } from '../../model/verdict/results.js';
import { closingSentence } from '../../reports/contract/closing.js';
import type { AblateFlags } from './ablate-flags.js';
import { ablatePairs } from './ablate-pairs.js';
import { loadCatalogue } from './catalogue.js';
import { exitCodeOf } from './closing.js';
import { runSelected } from './run.js';

/** `connector-lab ablate`: the generated necessity rows, and the sufficiency proof. */
export async function ablate(flags: AblateFlags): Promise<number> {
  const pattern = flags.rows?.toLowerCase() ?? '';
  const rows = documentedHosts('public').filter((row) => rowName(row).includes(pattern));
  if (flags.pairs && rows.length > 0) return ablatePairs(rows, flags);
  const loaded = await loadCatalogue();
  const scenarios = loaded.scenarios.filter(
    ({ scenario: { id } }) =>
      (id.startsWith('hosts/necessity#') && id.toLowerCase().includes(pattern)) ||
      (id === 'hosts/sufficiency' && pattern === ''),
  );
  if (scenarios.length === 0) {
    const hosts = [...new Set(documentedHosts('public').map(({ host }) => host))];
    throw new UnknownScenarioError(
      `no documented host contains "${flags.rows}". There are:\n${hosts.map((host) => `  ${host}`).join('\n')}`,
    );
  }
  const results = await runSelected(scenarios, flags);
  if (flags.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  else process.stdout.write(`\n${results.scenarios.map(row).join('\n')}\n`);
  if (results.missing) process.stderr.write(`${closingSentence(results)}\n`);
  return loaded.end(exitCodeOf(results));
}

/** One line: the row, and what failed without it. */
function row({ id, outcome, reason, phases }: ScenarioResults): string {
  const name = id.replace('hosts/necessity#', '').padEnd(42);
  if (outcome !== 'passed') return `${name}  ${outcome}: ${reason}`;
  if (id === 'hosts/sufficiency')
    return `${'all rows together'.padEnd(42)}  enough: nothing else has to be open`;
  const broken =
    phases.find(({ phase }) => phase === 'change')?.results.filter(({ result }) => result !== 'ok') ?? [];
  return `${name}  needed by ${[...new Set(broken.map(({ operation }) => operation))].join(', ')}`;
}
