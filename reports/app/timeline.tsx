import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { inWords } from '../contract/duration.js';
import type { ScenarioDetail, TimelineEvent } from '../contract/report.js';
import { describe } from '../contract/words.js';
import { Choice, fits, SearchField } from './fields.js';
import { query, toScenario } from './route.js';

/** More rows than this at once are slow to lay out, and nobody reads them. */
const page = 300;

/** The events in order, with lab time since the scenario began; those of one machine, or with some words. */
export function TimelineSection({
  detail,
  scenario,
  event: target,
}: {
  detail: ScenarioDetail;
  scenario: string;
  event?: string;
}) {
  const { timeline, startedAt, omitted } = detail;
  const all = useSignal(false);
  const row = useRef<HTMLTableRowElement>(null);
  const machine = query.value.get('machine') ?? '';
  const phase = query.value.get('phase') ?? '';
  const search = query.value.get('q') ?? '';
  const shown = timeline.filter(
    (event) =>
      (machine === '' || event.machine === machine) &&
      (phase === '' || event.phase === phase) &&
      (search === '' ||
        fits(`${event.id} ${event.machine} ${event.kind} ${describe(event)}`.toLowerCase(), search)),
  );
  const position = shown.findIndex(({ id }) => id === target);
  const from = all.value || position < page ? 0 : position - 50;
  const visible = all.value ? shown : shown.slice(from, from + page);
  useEffect(() => {
    row.current?.scrollIntoView({ block: 'center' });
    row.current?.querySelector('a')?.focus({ preventScroll: true });
  }, [target]);
  if (timeline.length === 0) return null;
  return (
    <section class="timeline" id="timeline">
      <h2>What happened</h2>
      {target !== undefined && position < 0 && (
        <p class="notice">
          {timeline.some(({ id }) => id === target)
            ? `The filter hides event ${target}.`
            : `Event ${target} is in events.jsonl only.`}
        </p>
      )}
      <div class="tools">
        <SearchField label="Filter events" />
        <Choice name="machine" label="Machine" values={[...new Set(timeline.map((one) => one.machine))]} />
        <Choice name="phase" label="Phase" values={[...new Set(timeline.map((one) => one.phase))]} />
        <span class="quiet" role="status">
          {shown.length} of {timeline.length} events
        </span>
      </div>
      {omitted > 0 && (
        <p class="quiet">
          {omitted} more are in events.jsonl, which only say that something went as it should.
        </p>
      )}
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">Event</th>
            <th scope="col">Lab time</th>
            <th scope="col">Machine</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        {byPhase(visible).map(({ phase: name, events }, index) => (
          <tbody key={index}>
            <tr>
              <th scope="rowgroup" colSpan={4}>
                {name}
              </th>
            </tr>
            {events.map((event) => (
              <tr
                key={event.id}
                ref={event.id === target ? row : undefined}
                class={event.id === target ? 'target' : event.kind}
              >
                <td>
                  <a
                    href={toScenario(scenario, event.id)}
                    aria-current={event.id === target ? 'true' : undefined}
                  >
                    {event.id}
                  </a>
                </td>
                <td>{inWords(event.at - startedAt)}</td>
                <td>{event.machine}</td>
                <td>{describe(event)}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      {visible.length < shown.length && (
        <p>
          <button
            type="button"
            onClick={() => {
              all.value = true;
            }}
          >
            Show all {shown.length} events
          </button>
        </p>
      )}
    </section>
  );
}

function byPhase(events: readonly TimelineEvent[]): { phase: string; events: TimelineEvent[] }[] {
  const phases: { phase: string; events: TimelineEvent[] }[] = [];
  for (const event of events) {
    const last = phases.at(-1);
    if (last?.phase === event.phase) last.events.push(event);
    else phases.push({ phase: event.phase, events: [event] });
  }
  return phases;
}
