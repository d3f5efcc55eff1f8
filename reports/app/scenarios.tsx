import { inWords } from '../contract/duration.js';
import type { Broke, ScenarioLine } from '../contract/report.js';
import { report } from './data.js';
import { Choice, fits, SearchField } from './fields.js';
import { Badge, Name, placeOf } from './parts.js';
import { query, toScenario } from './route.js';

/** What is searched, made once: a thousand scenarios are filtered while one types. */
const words = new Map(report.scenarios.map((one) => [one.id, wordsOf(one)]));
const areas = [...new Set(report.scenarios.map(({ id }) => areaOf(id)))];
const outcomes = [...new Set(report.scenarios.map(({ outcome }) => outcome))];
/** Rows are made once too; a filter only hides some. */
const rows = new Map(report.scenarios.map((one) => [one.id, <Row key={one.id} scenario={one} />]));

/** All scenarios, filtered by words, outcome and area. */
export function Scenarios() {
  const search = query.value.get('q') ?? '';
  const outcome = query.value.get('outcome') ?? '';
  const area = query.value.get('area') ?? '';
  const shown = report.scenarios.filter(
    (one) =>
      (outcome === '' || one.outcome === outcome) &&
      (area === '' || areaOf(one.id) === area) &&
      fits(words.get(one.id) ?? '', search),
  );
  return (
    <>
      <h1 tabIndex={-1}>Scenarios</h1>
      <div class="tools">
        <SearchField label="Words, host, result, device or requirement" />
        <Choice name="outcome" label="Outcome" values={outcomes} />
        <Choice name="area" label="Area" values={areas} />
        <span class="quiet" role="status">
          {shown.length} of {report.scenarios.length}
        </span>
      </div>
      {shown.length === 0 && <p>Nothing fits this filter.</p>}
      <ul class="scenarios">{shown.map(({ id }) => rows.get(id))}</ul>
    </>
  );
}

function Row({ scenario }: { scenario: ScenarioLine }) {
  const { id, title, outcome, reason, durationMs, broke, repetitions } = scenario;
  return (
    <li>
      <Badge of={outcome} />
      <div>
        <a href={toScenario(id)}>{title}</a>
        <p class="quiet">
          <code>
            <Name text={id} />
          </code>
        </p>
        {reason && <p class={outcome === 'failed' ? 'bad small' : 'warn small'}>{reason}</p>}
      </div>
      <div class="quiet small">
        {broke.slice(0, 2).map((one) => (
          <p key={brokeWords(one)}>
            {one.operation} <strong>{one.result}</strong>
            {one.device && ` by ${one.device}`}
          </p>
        ))}
        {broke.length > 2 && <p>and {broke.length - 2} more</p>}
      </div>
      <span class="quiet small number">
        {outcome === 'skipped' ? '' : inWords(durationMs)}
        {repetitions && ` ×${repetitions.length}`}
      </span>
    </li>
  );
}

function areaOf(id: string): string {
  return id.split('/', 1)[0] ?? id;
}

function wordsOf({ id, title, outcome, proves, reason, change, broke }: ScenarioLine): string {
  return [id, title, outcome, ...proves, reason, change, ...broke.map(brokeWords)].join(' ').toLowerCase();
}

function brokeWords({ operation, result, host, port, device, rule }: Broke): string {
  return [operation, result, placeOf({ host, port }), device, rule].filter(Boolean).join(' ');
}
