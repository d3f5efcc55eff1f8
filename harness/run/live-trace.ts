import type { LabEvent } from '../../model/evidence/event.js';
import { type ComparedWay, compareWay, recordedIn } from '../../model/path/recorded.js';
import type { Way } from '../../model/path/way.js';
import type { Site } from '../../model/site/schema.js';
import { type Engine, NoEngineError } from '../engines/engine.js';
import { sendFlow } from '../engines/send-flow.js';

/** Real machines answer at once or not at all. */
const longestSilenceMs = 60_000;

/** A way, and what a lab made of the same flow. */
export interface LiveTrace extends ComparedWay {
  engine: Engine['name'];
  /** Whether somebody answered; certificates are not looked at. */
  comesThrough: boolean;
}

/**
 * Sends the flow of a way through a lab of its site, and compares what the devices recorded.
 * @throws NoEngineError where the engine cannot do the site; the signal's reason where it comes first
 */
export async function liveTrace(
  site: Site,
  way: Way,
  engine: Engine,
  signal: AbortSignal,
): Promise<LiveTrace> {
  const cannot = engine.cannot(site);
  if (cannot) throw new NoEngineError(`${cannot}; use --engine embedded`);
  const events: LabEvent[] = [];
  const record = (event: LabEvent) => void events.push(event);
  const { server, account, stack } = way.flow;
  const lab = await engine.open(site, { scenario: 'trace', startAt: Date.now(), record });
  let comesThrough: boolean;
  try {
    comesThrough = await answered(site, way, lab.dialer(server, { account, stack }), signal);
    // The evidence of a step is complete when it ends.
    await lab.perform({ do: 'pass', ms: 1 });
  } finally {
    await lab[Symbol.asyncDispose]();
  }
  return { engine: engine.name, comesThrough, ...compareWay(way, recordedIn(events), comesThrough) };
}

async function answered(
  site: Site,
  { flow }: Way,
  dial: Parameters<typeof sendFlow>[2],
  signal: AbortSignal,
): Promise<boolean> {
  const silence = AbortSignal.timeout(longestSilenceMs);
  try {
    return await sendFlow(site, flow, dial, AbortSignal.any([signal, silence]));
  } catch (error) {
    if (!signal.aborted && silence.aborted) return false;
    throw error;
  }
}
