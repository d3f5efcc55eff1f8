import { useEffect } from 'preact/hooks';
import type { RequirementResults } from '../../model/verdict/results.js';
import { isFailure } from '../../model/verdict/unexpected.js';
import { inWords } from '../contract/duration.js';
import { type Baseline, Changes, changesHeading } from './changes.js';
import { CheckSections } from './check.js';
import { report } from './data.js';
import { Matrix } from './matrix.js';
import { hasMeasurements, Measurements } from './measurements.js';
import { Partial } from './partial.js';
import { Name, ScenarioLink } from './parts.js';
import { RequirementTable } from './requirement-table.js';

const documented = report.requirements.filter(({ hidden }) => !hidden);
const hidden = report.requirements.filter((one) => one.hidden);

/** What this is, what it says in numbers, what to look at first, and the verdict on every requirement. */
export function Overview({ section }: { section?: string }) {
  useEffect(() => {
    const target = section && document.getElementById(section);
    if (!target) return;
    target.scrollIntoView();
    target.querySelector('h2')?.focus();
  }, [section]);
  return (
    <>
      <Summary />
      <nav class="parts" aria-label="Parts of this view">
        {report.run.baseline && <a href="#/section/changes">{changesHeading}</a>}
        <a href="#/section/documented">Documented requirements</a>
        {hidden.length > 0 && <a href="#/section/hidden">Beyond the page</a>}
        {report.matrix.length > 0 && <a href="#/section/matrix">Hosts and operations</a>}
        {hasMeasurements && <a href="#/section/measured">Measured</a>}
      </nav>
      <Verdicts />
    </>
  );
}

/** What this is, and what it says in numbers. */
export function Summary() {
  return (
    <>
      <Intro />
      <Partial />
      <Closing />
      {report.run.check && <CheckSections check={report.run.check} />}
      <Facts />
    </>
  );
}

/** What differs, the verdict on every requirement, what was measured. */
export function Verdicts() {
  return (
    <>
      {report.run.baseline ? <Changes baseline={report.run.baseline} /> : <Unexpected />}
      <section id="documented">
        <h2 tabIndex={-1}>Documented requirements</h2>
        <p class="lead">What Microsoft's requirements page asks for, edition of {report.run.edition}.</p>
        <RequirementTable requirements={documented} filter />
      </section>
      {hidden.length > 0 && (
        <section id="hidden">
          <h2 tabIndex={-1}>Beyond the page</h2>
          <p class="lead">
            What a connector needs although the page does not say so. Kept apart from what is documented.
          </p>
          <RequirementTable requirements={hidden} />
        </section>
      )}
      {report.matrix.length > 0 && <Matrix rows={report.matrix} />}
      {hasMeasurements && <Measurements />}
    </>
  );
}

const tones = {
  works: 'good',
  broken: 'bad',
  undetermined: '',
  contradiction: '',
  'control-failed': '',
  'lab-failed': '',
} as const;

function Intro() {
  const { check } = report.run;
  if (check) {
    return (
      <>
        <p class="over">Check of a site</p>
        <h1 tabIndex={-1}>
          <Name text={report.site ?? 'The site'} />
        </h1>
        <p class={`closing ${tones[check.outcome]}`}>{withoutName(report.closing)}</p>
        <p class="intro">
          A simulated Microsoft Entra private network connector was taken through its whole life in a
          simulation of this site, in front of a mock cloud, with real TLS, HTTP and WebSocket traffic. The
          same life in a site as documented is the control.
        </p>
      </>
    );
  }
  return (
    <>
      <h1 tabIndex={-1}>What a connector's network must let through</h1>
      <p class="intro">
        A simulated Microsoft Entra private network connector was run in a simulated site, in front of a mock
        cloud, with real TLS, HTTP and WebSocket traffic. Each requirement is proved in one lab: with it met
        the operation works; with only that taken away it fails in the named way, at the named device; put
        back, it works again.
      </p>
    </>
  );
}

/** The name of the site stands above, and said twice it takes the first screen of a phone. */
function withoutName(closing: string): string {
  const name = `${report.site}: `;
  if (report.site === undefined || !closing.startsWith(name)) return closing;
  const rest = closing.slice(name.length);
  return `${rest.slice(0, 1).toUpperCase()}${rest.slice(1)}`;
}

function Facts() {
  const { summary, engine, durationMs, edition } = report.run;
  const count = (list: readonly RequirementResults[], verdict: RequirementResults['verdict']) =>
    list.filter((one) => one.verdict === verdict).length;
  return (
    <div class="facts">
      <div>
        <h2>Documented requirements</h2>
        <dl>
          <Fact name="Hold" count={count(documented, 'holds')} tone="good" />
          <Fact name="Broken" count={count(documented, 'broken')} tone="bad" />
          <Fact name="Not proved" count={count(documented, 'unproven')} tone="warn" />
        </dl>
      </div>
      {hidden.length > 0 && (
        <div>
          <h2>Beyond the page</h2>
          <dl>
            <Fact name="Hold" count={count(hidden, 'holds')} tone="good" />
            <Fact name="Broken" count={count(hidden, 'broken')} tone="bad" />
            <Fact name="Not proved" count={count(hidden, 'unproven')} tone="warn" />
          </dl>
        </div>
      )}
      {!report.isCheck && (
        <div>
          <h2>Scenarios</h2>
          <dl>
            <Fact name="Passed" count={summary.passed} tone="good" />
            <Fact name="Failed" count={summary.failed} tone="bad" />
            <Fact name="Skipped" count={summary.skipped} tone="warn" />
            {(summary.flaky > 0 || report.run.repeat !== undefined) && (
              <Fact name="Flaky" count={summary.flaky} tone="warn" />
            )}
          </dl>
        </div>
      )}
      {report.run.baseline && <ChangeFacts changes={report.run.baseline.changes} />}
      <div>
        <h2>Run</h2>
        <dl class="plain">
          <dt>Engine</dt>
          <dd>{engine}</dd>
          <dt>Edition</dt>
          <dd>{edition}</dd>
          <dt>Took</dt>
          <dd>{inWords(durationMs)}</dd>
        </dl>
      </div>
    </div>
  );
}

function ChangeFacts({ changes }: Pick<Baseline, 'changes'>) {
  const count = (kind: string) => changes.filter(({ change }) => change === kind).length;
  return (
    <div>
      <h2>{changesHeading}</h2>
      <dl>
        <Fact name="Deviate" count={changes.filter(({ deviates }) => deviates).length} tone="bad" />
        <Fact name="Declared" count={count('expected')} tone="warn" />
        <Fact name="Fixed" count={count('fixed')} tone="good" />
        <Fact name="Slower" count={count('slower')} tone="warn" />
      </dl>
    </div>
  );
}

function Fact({ name, count, tone }: { name: string; count: number; tone: string }) {
  return (
    <div class={count > 0 ? tone : 'none'}>
      <dt>{name}</dt>
      <dd>{count}</dd>
    </div>
  );
}

/** The run in one sentence. */
function Closing() {
  if (report.isCheck) return null;
  const { partial } = report.run;
  // A partial run is never as expected, whatever had finished.
  const tone = report.deviates ? 'bad' : partial ? '' : 'good';
  return (
    <p class={`closing ${tone}`}>
      {partial && 'Of what had finished: '}
      {report.closing}
    </p>
  );
}

/** Scenarios that did not end as they should: what a reader wants first. */
function Unexpected() {
  const failed = report.scenarios.filter(({ outcome }) => isFailure(outcome));
  if (report.isCheck || failed.length === 0) return null;
  return (
    <section>
      <h2>Not as expected</h2>
      <ul class="cards">
        {failed.slice(0, 20).map(({ id, title, reason }) => (
          <li key={id}>
            <p>
              <strong>{title}</strong> <ScenarioLink id={id} />
            </p>
            {reason && <p class="bad">{reason}</p>}
          </li>
        ))}
      </ul>
      {failed.length > 20 && (
        <p class="links">
          <a href="#/scenarios?outcome=failed">All that failed</a>
          {report.run.summary.flaky > 0 && <a href="#/scenarios?outcome=flaky">All that are flaky</a>}
        </p>
      )}
    </section>
  );
}
