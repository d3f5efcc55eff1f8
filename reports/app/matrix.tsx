import { operations } from '../../model/evidence/vocabulary.js';
import type { HostCell, HostRow } from '../contract/report.js';
import { report } from './data.js';
import { Name, Wide } from './parts.js';
import { toScenario, toScenarios } from './route.js';

/** Hosts × operations: what needs what, and how it fails without. */
export function Matrix({ rows }: { rows: readonly HostRow[] }) {
  const used = operations.filter((operation) =>
    rows.some(({ cells }) => cells.some((cell) => cell.operation === operation)),
  );
  return (
    <section id="matrix">
      <h2 tabIndex={-1}>Hosts and operations</h2>
      <p class="lead">
        {report.isCheck
          ? 'What each operation met at each host, in this site. An empty cell: the operation does not use the host.'
          : 'Which operation uses which host: ✓ it worked with the host open; below, how it failed in the scenarios that took something away. An empty cell: the operation does not use the host.'}
      </p>
      <Wide label="Hosts and operations, a wide table">
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">Host</th>
              {used.map((operation) => (
                <th key={operation} scope="col">
                  {operation}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ host, port, documented, cells }) => (
              <tr key={`${host}:${port}`}>
                <th scope="row">
                  <Name text={host} />:{port}
                  {!documented && <span class="quiet"> not on the page</span>}
                </th>
                {used.map((operation) => (
                  <td key={operation} data-operation={operation}>
                    <Cell cell={cells.find((one) => one.operation === operation)} place={`${host}:${port}`} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </section>
  );
}

/** Longer names of results may be broken at their hyphens. Characters. */
const longName = 12;
/** More results in one cell hide the table. */
const most = report.isCheck ? 4 : 2;

function Cell({ cell, place }: { cell: HostCell | undefined; place: string }) {
  if (!cell) return null;
  const { operation, ok, failed } = cell;
  const often = [...failed].sort((a, b) => b.scenarios.length - a.scenarios.length);
  const list = (result: string) => toScenarios({ q: `${operation} ${result} ${place}`.replace(/ +/g, ' ') });
  return (
    <>
      {ok > 0 && (
        <span class="good" role="img" aria-label="works">
          ✓
        </span>
      )}
      {often.slice(0, most).map(({ result, scenarios: [only = '', ...others] }) => (
        <a key={result} class="bad" href={others.length === 0 ? toScenario(only) : list(result)}>
          <span class={result.length > longName ? undefined : 'whole'}>{result}</span>
          {others.length > 0 && ` ×${others.length + 1}`}
        </a>
      ))}
      {often.length > most && (
        <a class="bad" href={list('')}>
          {often.length - most} more ways
        </a>
      )}
    </>
  );
}
