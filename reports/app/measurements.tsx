import { inWords } from '../contract/duration.js';
import { fewest } from '../contract/measurements.js';
import type { Measurement } from '../contract/report.js';
import { Bar } from './bar.js';
import { report } from './data.js';
import { ScenarioLink } from './parts.js';

/** More rows than this hide what comes after them. */
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
          <h3>Share of attempts that failed</h3>
          <p class="lead">
            Where only part of an operation's attempts failed after the change: not all traffic needs what was
            taken away. A full bar is 100 %.
          </p>
          <Shares rows={shares.slice(0, most)} named />
          {shares.length > most && (
            <details>
              <summary>{shares.length - most} more</summary>
              <Shares rows={shares.slice(most)} named />
            </details>
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
    <section class="measured-here">
      <h2>Measured after the change</h2>
      {shares.length > 0 && (
        <>
          <h3>Share of attempts that failed</h3>
          <Shares rows={shares} />
        </>
      )}
      <Waits rows={rows} />
    </section>
  );
}

/** `named`: of several scenarios, so each row names its own. */
function Shares({ rows, named = false }: { rows: readonly Measurement[]; named?: boolean }) {
  return (
    <table class={named ? 'measured named' : 'measured'}>
      <thead>
        <tr>
          {named && <th scope="col">Scenario</th>}
          <th scope="col">Operation</th>
          <th scope="col">Failed</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={`${one.scenario} ${one.operation}`}>
            {named && (
              <td>
                <ScenarioLink id={one.scenario} />
              </td>
            )}
            <td>{one.operation}</td>
            <td>
              {one.failed} of {one.attempts}
            </td>
            <td>
              <Bar share={shareOf(one)} label={percent(shareOf(one))} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How long the connector waited for each way of failing: what people see as "slow". */
function Waits({ rows }: { rows: readonly Measurement[] }) {
  const several = new Set(rows.map(({ scenario }) => scenario)).size > 1;
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
  const [, { ms: end } = { ms: 0 }] = sorted[0] ?? [];
  if (sorted.length === 0) return null;
  return (
    <>
      <h3>Longest wait</h3>
      <p class="lead">
        How long the connector waited in vain, in lab time, as Windows does: silence takes long, a refusal
        nothing. A full bar is {inWords(end)}.
      </p>
      <table class={several ? 'measured named' : 'measured'}>
        <thead>
          <tr>
            <th scope="col">Result</th>
            {several && <th scope="col">Seen in</th>}
            <th scope="col">Longest wait</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(([result, { ms, scenarios }]) => (
            <tr key={result}>
              <td>{result}</td>
              {several && (
                <td>
                  {scenarios.size} scenario{scenarios.size === 1 ? '' : 's'}
                </td>
              )}
              <td>
                <Bar share={ms / end} label={inWords(ms)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
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
