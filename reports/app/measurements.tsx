import { useMemo } from 'preact/hooks';
import { inWords } from '../contract/duration.js';
import { fewest } from '../contract/measurements.js';
import type { Measurement } from '../contract/report.js';
import { BarChart } from './chart.js';
import { report } from './data.js';
import { ScenarioLink } from './parts.js';

/** More bars than this are no picture. */
const most = 20;

const inChange = report.measurements.filter(({ phase }) => phase === 'change');
/** Whether there is anything to show. */
export const hasMeasurements = inChange.length > 0;

/** What scenarios measured while one thing was taken away. */
export function Measurements() {
  const shares = inChange.filter(isShare).sort((a, b) => shareOf(b) - shareOf(a));
  return (
    <section id="measured">
      <h2 tabIndex={-1}>Measured</h2>
      {shares.length > 0 && (
        <>
          <p class="lead">
            Where only part of an operation's attempts failed after the change: not all traffic needs what was
            taken away. Numbers stand for the rows of the table.
          </p>
          <Shares rows={shares.slice(0, most)} nameOf={(_, index) => String(index + 1)} numbered />
          {shares.length > most && (
            <p class="quiet">{shares.length - most} more are on the pages of their scenarios.</p>
          )}
        </>
      )}
      <Waits rows={inChange} />
    </section>
  );
}

/** What one scenario measured after its change. */
export function MeasuredHere({ scenario }: { scenario: string }) {
  const rows = inChange.filter((one) => one.scenario === scenario);
  const shares = rows.filter(isShare);
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>Measured after the change</h2>
      {shares.length > 0 && <Shares rows={shares} nameOf={({ operation }) => operation} />}
      <Waits rows={rows} />
    </section>
  );
}

type NameOf = (row: Measurement, index: number) => string;

function Shares({
  rows,
  nameOf,
  numbered = false,
}: {
  rows: readonly Measurement[];
  nameOf: NameOf;
  numbered?: boolean;
}) {
  // Charts are drawn again when what they show changes, not whenever the page is.
  const key = rows.map(({ scenario, operation }) => `${scenario} ${operation}`).join('\n');
  const { names, shares } = useMemo(() => ({ names: rows.map(nameOf), shares: rows.map(shareOf) }), [key]);
  return (
    <div class={numbered ? 'measured numbered' : 'measured'}>
      <BarChart
        label="Share of attempts that failed"
        names={names}
        values={shares}
        format={percent}
        most={1}
      />
      <table>
        <thead>
          <tr>
            {numbered && <th scope="col">No.</th>}
            {numbered && <th scope="col">Scenario</th>}
            <th scope="col">Operation</th>
            <th scope="col">Failed</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one, index) => (
            <tr key={`${one.scenario} ${one.operation}`}>
              {numbered && <td class="quiet">{index + 1}</td>}
              {numbered && (
                <td>
                  <ScenarioLink id={one.scenario} />
                </td>
              )}
              <td>{one.operation}</td>
              <td>
                {one.failed} of {one.attempts} ({percent(shareOf(one))})
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How long the connector waited for each way of failing: what people see as "slow". */
function Waits({ rows }: { rows: readonly Measurement[] }) {
  const longest = new Map<string, { ms: number; scenarios: Set<string> }>();
  for (const { waits, scenario } of rows)
    for (const { result, longestMs } of waits) {
      const known = longest.get(result) ?? { ms: 0, scenarios: new Set() };
      longest.set(result, {
        ms: Math.max(known.ms, longestMs),
        scenarios: known.scenarios.add(scenario),
      });
    }
  const sorted = [...longest].sort(([, a], [, b]) => b.ms - a.ms);
  const key = sorted.map(([result, { ms }]) => `${result} ${ms}`).join('\n');
  const { names, values } = useMemo(
    () => ({ names: sorted.map(([result]) => result), values: sorted.map(([, { ms }]) => ms / 1000) }),
    [key],
  );
  if (sorted.length === 0) return null;
  return (
    <>
      <p class="lead">
        How long the connector waited in vain, in lab time, as Windows does: silence takes long, a refusal
        nothing.
      </p>
      <div class="measured">
        <BarChart label="Longest wait" names={names} values={values} format={inSeconds} />
        <table>
          <thead>
            <tr>
              <th scope="col">Result</th>
              <th scope="col">Longest wait</th>
              {rows.length > 1 && <th scope="col">Scenarios</th>}
            </tr>
          </thead>
          <tbody>
            {sorted.map(([result, { ms, scenarios }]) => (
              <tr key={result}>
                <td>{result}</td>
                <td>{inWords(ms)}</td>
                {rows.length > 1 && <td>{scenarios.size}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function isShare({ attempts, failed }: Measurement): boolean {
  return attempts >= fewest && failed > 0 && failed < attempts;
}

function shareOf({ failed, attempts }: Measurement): number {
  return failed / attempts;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function inSeconds(value: number): string {
  return inWords(value * 1000);
}
