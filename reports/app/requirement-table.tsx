import { useState } from 'preact/hooks';
import type { RequirementResults } from '../../model/verdict/results.js';
import { report } from './data.js';
import { Choice, fits, SearchField } from './fields.js';
import { Badge, Name } from './parts.js';
import { query, toRequirement } from './route.js';

const order = { broken: 0, holds: 1, unproven: 2 } as const;
const verdictWords = { broken: 'broken', holds: 'holds', unproven: 'not proved' } as const;

/** Requirements with their verdicts; what is broken comes first. `filter`: with fields to choose some. */
export function RequirementTable({
  requirements,
  filter = false,
}: {
  requirements: readonly RequirementResults[];
  filter?: boolean;
}) {
  const search = filter ? (query.value.get('q') ?? '') : '';
  const verdict = filter ? (query.value.get('verdict') ?? '') : '';
  const strength = filter ? (query.value.get('strength') ?? '') : '';
  const shown = requirements
    .filter(
      (one) =>
        (verdict === '' || verdictWords[one.verdict] === verdict) &&
        (strength === '' || one.strength === strength) &&
        fits(`${one.id} ${one.statement} ${one.section}`.toLowerCase(), search),
    )
    .sort((a, b) => order[a.verdict] - order[b.verdict]);
  const [isOpen, open] = useState(false);
  const isBroken = (one: RequirementResults) => one.verdict === 'broken';
  const broken = shown.filter(isBroken);
  const others = shown.filter((one) => !isBroken(one));
  // Who has something to mend does not look for what holds.
  const folds =
    filter && report.isCheck && !isOpen && broken.length > 0 && `${search}${verdict}${strength}` === '';
  return (
    <>
      {filter && (
        <div class="tools">
          <SearchField label="Filter requirements" />
          <Choice name="verdict" label="Verdict" values={Object.values(verdictWords)} />
          <Choice name="strength" label="Strength" values={['must', 'should', 'info']} />
          <span class="quiet" role="status">
            {shown.length} of {requirements.length}
          </span>
        </div>
      )}
      <table class="requirements stack">
        <thead>
          <tr>
            <th scope="col">Verdict</th>
            <th scope="col">Requirement</th>
            <th scope="col">Strength</th>
            <th scope="col">Section of the page</th>
            {!report.isCheck && <th scope="col">Proved by</th>}
          </tr>
        </thead>
        <tbody>
          {broken.map((one) => (
            <Row key={one.id} requirement={one} />
          ))}
        </tbody>
        <tbody class={folds ? 'folded' : undefined}>
          {others.map((one) => (
            <Row key={one.id} requirement={one} />
          ))}
        </tbody>
      </table>
      {folds && others.length > 0 && (
        <p class="links screen">
          <button type="button" onClick={() => open(true)}>
            Show {others.length} more, which hold or are not proved
          </button>
        </p>
      )}
    </>
  );
}

function Row({ requirement }: { requirement: RequirementResults }) {
  const { id, statement, strength, section, verdict, why, interpreted, provedBy } = requirement;
  return (
    <tr>
      <td>
        <Badge of={verdict} />
      </td>
      <td>
        <a href={toRequirement(id)}>{statement}</a>
        <p class="quiet">
          <code>
            <Name text={id} />
          </code>
        </p>
        {why && <p class="quiet">Not proved: {why}.</p>}
        {interpreted && <p class="quiet">Our reading: {interpreted}.</p>}
      </td>
      <td>{strength}</td>
      <td class="quiet">{section}</td>
      {!report.isCheck && (
        <td class="quiet">
          {provedBy.length === 0
            ? 'none of this run'
            : `${provedBy.length} scenario${provedBy.length === 1 ? '' : 's'}`}
        </td>
      )}
    </tr>
  );
}
