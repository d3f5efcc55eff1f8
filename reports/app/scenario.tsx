import { inWords } from '../contract/duration.js';
import type { ScenarioDetail, ScenarioLine } from '../contract/report.js';
import { Captures } from './captures.js';
import { detailOf, report, requirementById } from './data.js';
import { DecisiveSection } from './decisive.js';
import { DrawingFigure } from './drawing.js';
import { MeasuredHere } from './measurements.js';
import { Badge, RequirementLink } from './parts.js';
import { Phases } from './phases.js';
import { Plot } from './plot.js';
import { TimelineSection } from './timeline.js';

/** One scenario: what it proves, the site, who decided, expected beside observed, what happened. */
export function ScenarioPage({
  scenario,
  event,
  paper = false,
}: {
  scenario: ScenarioLine;
  event?: string;
  /** Without the events, which are for looking things up. */
  paper?: boolean;
}) {
  const { id, title, outcome, reason, proves, durationMs, repetitions, shown, expectedFailure } = scenario;
  const detail = detailOf(id).value;
  return (
    <>
      {!report.isCheck && (
        <p class="over">
          <a href="#/scenarios">Scenarios</a> › <code>{id}</code>
        </p>
      )}
      <h1 tabIndex={-1}>{title}</h1>
      <p class="under">
        <Badge of={outcome} />{' '}
        {outcome !== 'skipped' && <span class="quiet">took {inWords(durationMs)} of real time</span>}
      </p>
      {reason && !report.isCheck && (
        <div class={outcome === 'failed' ? 'notice bad' : 'notice'}>
          <p>
            <strong>Why {outcome}:</strong> {reason}
          </p>
          {expectedFailure && <Declared of={expectedFailure} />}
        </div>
      )}
      {report.isCheck && outcome === 'failed' && (
        <p class="notice bad">
          {report.closing} <a href="#/administrator">What to ask the administrators for</a>
        </p>
      )}
      {repetitions && <Repetitions of={repetitions} shown={shown} />}
      <ul class="proves" aria-label="Proves">
        {proves.map((one) => {
          const requirement = requirementById.get(one);
          return (
            <li key={one}>
              <span class="quiet">Proves </span>
              {requirement?.statement} <RequirementLink id={one} />
              <span class="quiet source">
                {requirement?.hidden ? 'not on the requirements page' : requirement?.section}
              </span>
            </li>
          );
        })}
      </ul>
      {detail ? (
        <Detail detail={detail} scenario={id} event={event} paper={paper} />
      ) : (
        <p role="status" class="quiet">
          Unpacking the evidence …
        </p>
      )}
    </>
  );
}

function Detail({
  detail,
  scenario,
  event,
  paper,
}: {
  detail: ScenarioDetail;
  scenario: string;
  event?: string;
  paper: boolean;
}) {
  return (
    <>
      {detail.drawing && <DrawingFigure drawing={detail.drawing} />}
      {detail.decisives.map((one, index) => (
        <DecisiveSection key={index} decisive={one} scenario={scenario} />
      ))}
      <Phases phases={detail.phases} scenario={scenario} />
      <MeasuredHere scenario={scenario} />
      {detail.measured && <Plot of={detail.measured} />}
      <Captures of={detail.captures} />
      {!paper && <TimelineSection detail={detail} scenario={scenario} event={event} />}
    </>
  );
}

/** Somebody declared the failure. */
function Declared({ of: { reason, until } }: { of: NonNullable<ScenarioLine['expectedFailure']> }) {
  const isOver = until < report.run.startedAt.slice(0, 10);
  return (
    <p>
      <strong>
        {isOver ? `Declared until ${until}, which is over:` : `Declared as expected until ${until}:`}
      </strong>{' '}
      {reason}
    </p>
  );
}

/** How each repetition ended, and of which one this page tells. */
function Repetitions({ of, shown = 1 }: { of: NonNullable<ScenarioLine['repetitions']>; shown?: number }) {
  const same = of.every(({ outcome }) => outcome === of[0]?.outcome);
  return (
    <div class="repetitions">
      <p class="quiet">
        Run {of.length} times{same ? ', with the same outcome' : ''}. Below is no. {shown}
        {of.find(({ number }) => number === shown)?.outcome === 'failed' ? ', the first that failed.' : '.'}
      </p>
      <ol aria-label="Repetitions">
        {of.map(({ number, outcome }) => (
          <li key={number} aria-current={number === shown ? 'true' : undefined}>
            <span class="quiet">{number}</span> <Badge of={outcome} />
          </li>
        ))}
      </ol>
    </div>
  );
}
