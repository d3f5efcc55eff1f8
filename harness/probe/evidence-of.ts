import type { Probed } from '../../mocks/connector/probe/probe.js';
import type { Evidence } from '../../model/diagnosis/evidence.js';
import { fromEvents } from '../../model/diagnosis/from-events.js';
import type { LabEvent } from '../../model/evidence/event.js';

/** What a probe saw. Names that were only guessed are nobody's failure. */
export function evidenceOf({
  events,
  guessedWrong,
}: Pick<Probed, 'guessedWrong'> & { events: readonly LabEvent[] }): Evidence {
  const evidence = fromEvents(events);
  return { ...evidence, answers: evidence.answers.filter(({ name }) => !guessedWrong.has(name)) };
}
