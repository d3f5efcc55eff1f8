import { useMemo } from 'preact/hooks';
import type { Phase } from '../../model/evidence/vocabulary.js';
import type { Drawing } from '../contract/report.js';
import { report } from './data.js';
import { place } from './drawing-layout.js';
import { Picture } from './picture.js';
import { query, setFilter } from './route.js';

const filter = 'drawn';
const usual = 'change';

/** Words for the caption: when these connections were made. */
const when: Record<Phase, string> = {
  control: 'in the control, with everything as it should be',
  change: 'after the change',
  restore: 'after the change was taken back',
};

/** The site with the connections of one phase, which the reader chooses. */
export function DrawingFigure({ drawing }: { drawing: Drawing }) {
  const { phases } = drawing;
  const asked = query.value.get(filter) ?? usual;
  const named = (name: string) => phases.find(({ phase }) => phase === name);
  const chosen = named(asked) ?? named(usual) ?? phases[0];
  if (!chosen) return null;
  return (
    <figure class="drawing">
      {phases.length > 1 && <PhaseChoice names={phases.map(({ phase }) => phase)} chosen={chosen.phase} />}
      <DrawnPhase drawing={drawing} chosen={chosen} />
    </figure>
  );
}

function DrawnPhase({ drawing, chosen }: { drawing: Drawing; chosen: Drawing['phases'][number] }) {
  const placed = useMemo(() => place(drawing, chosen.connections), [drawing, chosen]);
  const isBad = chosen.connections.some(({ result }) => result !== 'ok');
  const isPast = placed.lanes.some(({ past }) => past.length > 0);
  return (
    <>
      <Picture placed={placed} several={drawing.servers.length > 1} />
      <figcaption>
        The connections {report.isCheck ? 'in this site' : when[chosen.phase]}, from the server towards the
        cloud.
        {isBad && ' A red one ends at the device that decided; the broken line is where it would have gone.'}
        <span class="narrow-only"> Where it is wider than the screen, move it sideways.</span>
        {isPast && ' A bow goes past a device that the connection does not use.'}
      </figcaption>
    </>
  );
}

/** Which phase is drawn; it stands in the address unless it is the usual one. */
function PhaseChoice({ names, chosen }: { names: readonly Phase[]; chosen: Phase }) {
  return (
    <fieldset class="choice">
      <legend>Drawn phase</legend>
      {names.map((name) => (
        <label key={name}>
          <input
            type="radio"
            name={filter}
            value={name}
            checked={name === chosen}
            onChange={() => setFilter(filter, name === usual ? '' : name)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
