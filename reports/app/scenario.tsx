import { inWords } from '../contract/duration.js';
import type { ScenarioDetail, ScenarioLine } from '../contract/report.js';
import { detailOf, report, requirementById } from './data.js';
import { DecisiveSection } from './decisive.js';
import { DrawingFigure } from './drawing.js';
import { MeasuredHere } from './measurements.js';
import { Badge, RequirementLink } from './parts.js';
import { Phases } from './phases.js';
import { TimelineSection } from './timeline.js';

/** One scenario: what it proves, the site, who decided, expected beside observed, what happened. */
export function ScenarioPage({ scenario, event }: { scenario: ScenarioLine; event?: string }) {
  const { id, title, outcome, reason, proves, durationMs, repetitions, expectedFailure } = scenario;
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
        <p class={outcome === 'failed' ? 'notice bad' : 'notice'}>
          <strong>Why {outcome}:</strong> {reason}
        </p>
      )}
      {report.isCheck && outcome === 'failed' && (
        <p class="notice bad">
          Mandatory requirements are broken here.{' '}
          <a href="#/administrator">What to ask the administrator for</a>
        </p>
      )}
      {expectedFailure && (
        <p class="notice">
          A failure is declared as expected until {expectedFailure.until}: {expectedFailure.reason}
        </p>
      )}
      {repetitions && <Repetitions of={repetitions} />}
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
        <Detail detail={detail} scenario={id} event={event} />
      ) : (
        <p role="status" class="quiet">
          Unpacking the evidence …
        </p>
      )}
    </>
  );
}

function Detail({ detail, scenario, event }: { detail: ScenarioDetail; scenario: string; event?: string }) {
  return (
    <>
      {detail.drawing && detail.drawing.connections.length > 0 && <DrawingFigure drawing={detail.drawing} />}
      {detail.decisives.map((one, index) => (
        <DecisiveSection key={index} decisive={one} scenario={scenario} />
      ))}
      <Phases phases={detail.phases} scenario={scenario} />
      <MeasuredHere scenario={scenario} />
      <Captures of={detail.captures} />
      <TimelineSection detail={detail} scenario={scenario} event={event} />
    </>
  );
}

/** Files beside the report: open them in Wireshark, with the keys. */
function Captures({ of }: { of: ScenarioDetail['captures'] }) {
  if (of.length === 0) return null;
  return (
    <section>
      <h2>Captures</h2>
      <ul>
        {of.map(({ machine, file, holds }) => (
          <li key={file}>
            <a href={besideReport(file)}>{file}</a>{' '}
            <span class="quiet">
              {holds === 'packets' ? 'packets' : 'TLS keys'} of {machine}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Never anything but a file below the report's folder, whatever the name says. */
function besideReport(file: string): string {
  const parts = file.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  return ['.', ...parts.map(encodeURIComponent)].join('/');
}

function Repetitions({ of }: { of: NonNullable<ScenarioLine['repetitions']> }) {
  const same = of.every(({ outcome, reason }) => outcome === of[0]?.outcome && reason === of[0]?.reason);
  if (same) return <p class="quiet">Run {of.length} times, the same each time.</p>;
  return (
    <details class="notice" open>
      <summary>Run {of.length} times, not the same each time</summary>
      <ol>
        {of.map(({ outcome, reason }, index) => (
          <li key={index}>
            {outcome}
            {reason && `: ${reason}`}
          </li>
        ))}
      </ol>
    </details>
  );
}
