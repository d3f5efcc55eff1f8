import type { RunResults } from '../../model/verdict/results.js';
import { report, scenarioById } from './data.js';
import { Choice } from './fields.js';
import { Name } from './parts.js';
import { query, toScenario } from './route.js';

export type Baseline = NonNullable<RunResults['baseline']>;
type Change = Baseline['changes'][number];

const labels: Record<Change['change'], string> = {
  'new-failure': 'fails now',
  'changed-reason': 'fails for another reason',
  expired: 'declaration is over',
  'not-run': 'was not run',
  expected: 'fails as declared',
  known: 'fails as before',
  fixed: 'fixed',
  slower: 'slower',
};

/** Without an earlier run there are only failures that somebody declared, and others. */
const of = report.run.baseline?.of;
export const changesHeading = of ? 'Since the baseline' : 'Beside what is declared';

/** What is different from the earlier run, what deviates first. */
export function Changes({ baseline: { changes, slowerFactor } }: { baseline: Baseline }) {
  const chosen = query.value.get('change') ?? '';
  const kinds = [...new Set(changes.map(({ change }) => labels[change]))];
  const shown = changes.filter(({ change }) => chosen === '' || labels[change] === chosen);
  return (
    <section id="changes">
      <h2 tabIndex={-1}>{changesHeading}</h2>
      <p class="lead">
        {of
          ? `The earlier run is of ${of.startedAt.replace('T', ' ').slice(0, 16)} UTC, engine ${of.engine}, edition ${of.edition}. Slower is more than ${slowerFactor} times as long.`
          : 'There is no earlier run to compare with, only failures that were declared as expected.'}
      </p>
      {changes.length === 0 ? (
        <p>{of ? 'Every scenario is as before.' : 'Nothing failed.'}</p>
      ) : (
        <>
          {kinds.length > 1 && (
            <div class="tools">
              <Choice name="change" label="Change" values={kinds} />
              <span class="quiet" role="status">
                {shown.length} of {changes.length}
              </span>
            </div>
          )}
          <table class="changes stack">
            <thead>
              <tr>
                <th scope="col">Change</th>
                <th scope="col">Scenario</th>
                {of && <th scope="col">Before</th>}
                <th scope="col">Now</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <Row key={`${one.scenario} ${one.change}`} change={one} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

function Row({ change: { scenario, change, deviates, before, now } }: { change: Change }) {
  const tone = deviates ? 'failed' : change === 'fixed' ? 'passed' : 'skipped';
  return (
    <tr>
      <td>
        <span class={`badge ${tone}`}>{labels[change]}</span>
      </td>
      <td>
        <a href={toScenario(scenario)}>{scenarioById.get(scenario)?.title ?? scenario}</a>
        <p class="quiet">
          <code>
            <Name text={scenario} />
          </code>
        </p>
      </td>
      {of && <td class="before quiet">{before ?? 'was not in that run'}</td>}
      <td class={deviates ? 'now bad' : 'now'}>{now}</td>
    </tr>
  );
}
