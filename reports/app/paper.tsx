import { isFailure } from '../../model/verdict/unexpected.js';
import { Administrator } from './administrator.js';
import { detailOf, report } from './data.js';
import { Summary, Verdicts } from './overview.js';
import { ScenarioPage } from './scenario.js';

/** Nobody reads more of them on paper. */
const mostScenarios = 20;

/**
 * What is printed as one: the run or the site in short, what to ask for, the evidence of what did not end as it
 * should, and the verdict on every requirement. Which events there were is for the screen.
 */
export function Paper() {
  const failed = report.scenarios.filter(({ id, outcome }) =>
    report.isCheck ? id === 'check' : isFailure(outcome),
  );
  const told = failed.slice(0, mostScenarios);
  const unpacked = told.every(({ id }) => detailOf(id).value !== undefined);
  return (
    <div class="paper" data-drawn={unpacked ? '' : undefined}>
      <Summary />
      {report.requests.length > 0 && (
        <section class="sheet">
          <Administrator />
        </section>
      )}
      {told.map((scenario) => (
        <section key={scenario.id} class="sheet">
          <ScenarioPage scenario={scenario} paper />
        </section>
      ))}
      {failed.length > told.length && (
        <p>{failed.length - told.length} more scenarios did not end as they should; report.html has them.</p>
      )}
      <section class="sheet">
        <Verdicts />
      </section>
    </div>
  );
}
