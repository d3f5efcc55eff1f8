import type { EventOf, LabEvent } from '../../model/evidence/event.js';
import { type Operation, operations, type ResultName } from '../../model/evidence/vocabulary.js';
import type { Environment } from '../../model/requirements/documented-host.js';
import { documentedHosts } from '../../model/requirements/documented-hosts.js';
import type { EvidenceOf } from '../../model/verdict/kept-events.js';
import type { Result, RunResults } from '../../model/verdict/results.js';
import { namedIn } from './connections.js';
import { documentedName } from './documented-name.js';
import { changeOf, environmentOf } from './of-scenario.js';
import type { HostCell, HostRow } from './report.js';

interface Cell {
  ok: number;
  failed: Map<ResultName, Set<string>>;
}

/**
 * What each operation met at each host, over all scenarios. Documented hosts come first, in the
 * order of the page.
 */
export function matrixOf(results: RunResults, evidence: EvidenceOf): HostRow[] {
  const matrix = new MatrixBuilder(results.check !== undefined);
  for (const scenario of results.scenarios)
    matrix.add(
      scenario.id,
      environmentOf(scenario, results),
      evidence(scenario.id),
      namedIn(changeOf(scenario)),
    );
  return matrix.rows();
}

class MatrixBuilder {
  readonly #rows = new Map<string, Omit<HostRow, 'cells'>>();
  readonly #cells = new Map<string, Map<Operation, Cell>>();

  /** For `check`, whose control is another site than the one in question, `isCheck` is true. */
  constructor(readonly isCheck: boolean) {}

  /** `named`: results of the change phase by the events they rest on, which name them more closely. */
  add(
    scenario: string,
    environment: Environment,
    events: readonly LabEvent[],
    named: ReadonlyMap<string, Result>,
  ): void {
    for (const event of events)
      if (event.kind === 'attempt')
        this.#attempt(scenario, environment, event, named.get(event.id)?.result ?? event.outcome);
  }

  #attempt(
    scenario: string,
    environment: Environment,
    attempt: EventOf<'attempt'>,
    result: ResultName,
  ): void {
    const inChange = attempt.phase === 'change';
    const isOk = attempt.outcome === 'ok';
    // In a scenario the change is there to break things: what works is shown by control and restore.
    if (this.isCheck ? !inChange : isOk === inChange) return;
    const { port, account, operation } = attempt;
    const { host, rule, documented } = documentedName(attempt.host, port, environment);
    const key = `${host}:${port}`;
    const row = this.#rows.get(key) ?? { host, rule, port, documented, accounts: [] };
    if (!row.accounts.includes(account)) row.accounts.push(account);
    this.#rows.set(key, row);
    const cells = this.#cells.get(key) ?? new Map<Operation, Cell>();
    this.#cells.set(key, cells);
    const cell = cells.get(operation) ?? { ok: 0, failed: new Map() };
    cells.set(operation, cell);
    if (isOk) cell.ok += 1;
    else cell.failed.set(result, (cell.failed.get(result) ?? new Set()).add(scenario));
  }

  rows(): HostRow[] {
    const order = [...documentedHosts('public'), ...documentedHosts('us-government')].map(
      ({ host, port }) => `${host}:${port}`,
    );
    const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
    return [...this.#rows]
      .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
      .map(([key, row]) => ({ ...row, cells: cellsOf(this.#cells.get(key)) }));
  }
}

function cellsOf(cells: ReadonlyMap<Operation, Cell> | undefined): HostCell[] {
  return operations.flatMap((operation) => {
    const cell = cells?.get(operation);
    if (!cell) return [];
    const failed = [...cell.failed].map(([result, scenarios]) => ({ result, scenarios: [...scenarios] }));
    return [{ operation, ok: cell.ok, failed }];
  });
}
