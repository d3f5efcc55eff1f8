import type { Observation, PhaseResults, Result } from '../../model/verdict/results.js';
import { report } from './data.js';
import { Mark, Name, placeOf } from './parts.js';
import { toScenario } from './route.js';

const headings = {
  control: 'Control: as it should be',
  change: 'Change: one thing is different',
  restore: 'Restore: put back',
} as const;

/** Control, change and restore side by side: what was expected, what was observed. */
export function Phases({ phases, scenario }: { phases: readonly PhaseResults[]; scenario: string }) {
  const told = phases.filter(({ results, observations }) => results.length + observations.length > 0);
  if (told.length === 0) return null;
  const servers = new Set(told.flatMap(({ results }) => results.map(({ server }) => server)));
  return (
    <section>
      <h2>Expected and observed</h2>
      <div class="phases">
        {told.map((one) => (
          <Column key={one.phase} phase={one} scenario={scenario} several={servers.size > 1} />
        ))}
      </div>
    </section>
  );
}

function Column({
  phase: { phase, change, results, observations },
  scenario,
  several,
}: {
  phase: PhaseResults;
  scenario: string;
  several: boolean;
}) {
  return (
    <section class={phase}>
      <h3>{report.isCheck && phase === 'change' ? 'This site' : headings[phase]}</h3>
      {change && !report.isCheck && (
        <p class="notice small">
          <Name text={change} />
        </p>
      )}
      <ul class="results">
        {results.map((one, index) => (
          <ResultRow key={index} result={one} scenario={scenario} several={several} />
        ))}
        {observations.map((one, index) => (
          <ObservationRow key={index} observation={one} scenario={scenario} />
        ))}
      </ul>
    </section>
  );
}

function ResultRow({
  result: one,
  scenario,
  several,
}: {
  result: Result;
  scenario: string;
  several: boolean;
}) {
  const { server, operation, result, device, rule, expected, matched, detail, events } = one;
  const place = placeOf(one);
  return (
    <li>
      <Mark matched={matched} />
      <div>
        {several && <span class="quiet">{server}: </span>}
        {operation} <strong>{result}</strong>
        {place && (
          <>
            {' at '}
            <Name text={place} />
          </>
        )}
        <Cause device={device} rule={rule} />
        {!matched && !report.isCheck && (
          <p class="bad small">
            expected: <Name text={expected} />
            {detail && `; seen: ${detail}`}
          </p>
        )}
        <Events ids={events} scenario={scenario} />
      </div>
    </li>
  );
}

function ObservationRow({ observation, scenario }: { observation: Observation; scenario: string }) {
  const { subject, expected, observed, matched, device, rule, events } = observation;
  return (
    <li>
      <Mark matched={matched} />
      <div>
        <Name text={subject} />: <strong>{observed}</strong>
        <Cause device={device} rule={rule} />
        {!matched && <p class="bad small">expected: {expected}</p>}
        <Events ids={events} scenario={scenario} />
      </div>
    </li>
  );
}

function Cause({ device, rule }: { device?: string; rule?: string }) {
  if (device === undefined) return null;
  return (
    <p class="quiet">
      by {device}
      {rule && (
        <>
          , “<Name text={rule} />”
        </>
      )}
    </p>
  );
}

/** The first lines of evidence. */
export function Events({
  ids,
  scenario,
  most = 3,
}: {
  ids: readonly string[];
  scenario: string;
  most?: number;
}) {
  if (ids.length === 0) return null;
  return (
    <p class="events">
      {ids.slice(0, most).map((id) => (
        <a key={id} href={toScenario(scenario, id)} aria-label={`event ${id}`}>
          {id}
        </a>
      ))}
      {ids.length > most && <span class="quiet">and {ids.length - most} more</span>}
    </p>
  );
}
