import type { Evidence } from '../../model/diagnosis/evidence.js';
import { fromEvents } from '../../model/diagnosis/from-events.js';
import { printable } from '../../model/evidence/printable.js';
import type { Site } from '../../model/site/schema.js';
import { selectEngine } from '../engines/select.js';
import { wholeLife } from '../run/check.js';
import { play } from '../run/play.js';
import { ProgressLines } from './progress.js';

/** A site is lived in, and only what its servers see of it is handed on. */
export async function liveIn(site: Site, signal: AbortSignal): Promise<Evidence> {
  await using engine = await selectEngine('embedded');
  const progress = new ProgressLines();
  process.stderr.write(`Living in "${printable(site.site)}" on the ${engine.name} engine …\n`);
  const events = await play(wholeLife(site), engine, {
    startAt: Date.now(),
    signal,
    onStep: (begun) => progress.step(begun),
  }).finally(() => progress.end());
  return fromEvents(events.filter(({ phase }) => phase === 'change'));
}
