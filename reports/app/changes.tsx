import type { RunResults } from '../../harness/verdict/results.js';
import { scenarioById } from './data.js';
import { ScenarioLink } from './parts.js';

type Baseline = NonNullable<RunResults['baseline']>;

const labels: Record<Baseline['changes'][number]['change'], string> = {
  'new-failure': 'fails now',
  'changed-reason': 'fails for another reason',
  expired: 'expected failure has expired',
  'not-run': 'was not run',
  expected: 'fails as declared',
  known: 'fails as before',
  fixed: 'fixed',
  slower: 'slower',
};

/** What is different from the earlier run. */
export function Changes({ baseline }: { baseline: Baseline }) {
  const { of, changes, slowerFactor } = baseline;
  return (
    <section id="changes">
      <h2 tabIndex={-1}>Since the baseline</h2>
      <p class="lead">
        {of
          ? `The earlier run is of ${of.startedAt.replace('T', ' ').slice(0, 16)} UTC, engine ${of.engine}, edition ${of.edition}. `
          : 'There is no earlier run, only declared failures. '}
        Slower is more than {slowerFactor} times as long.
      </p>
      {changes.length === 0 ? (
        <p>Every scenario is as before.</p>
      ) : (
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">Change</th>
              <th scope="col">Scenario</th>
              <th scope="col">Before</th>
              <th scope="col">Now</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ scenario, change, deviates, before, now }) => (
              <tr key={`${scenario} ${change}`}>
                <td>
                  <span class={`badge ${deviates ? 'failed' : change === 'fixed' ? 'passed' : 'skipped'}`}>
                    {labels[change]}
                  </span>
                </td>
                <td>{scenarioById.has(scenario) ? <ScenarioLink id={scenario} /> : scenario}</td>
                <td class="quiet">{before ?? 'not there'}</td>
                <td>{now}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
