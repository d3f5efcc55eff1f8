import { expect, it } from 'vitest';
import { citedEvidence, judgeLog } from './judge-log.js';
import { KeptEvents } from './kept-events.js';
import { LogBuilder, linesOf } from './run-log.js';
import { operation, played, runLog } from './testing.js';

const whole = runLog([played('a/1'), played('a/2', { outcome: 'tcp-drop' }), played('b/1')]);

/** The log, made of its lines, of which so many events are kept as they are. */
function rebuilt(mostUnpacked: number) {
  const builder = new LogBuilder(mostUnpacked);
  for (const line of linesOf(whole)) builder.add(line);
  return builder.log();
}

it('a log of which nearly everything is packed is judged and told like any other', () => {
  const log = rebuilt(3);
  const results = judgeLog(log);
  expect(JSON.stringify(results)).toBe(JSON.stringify(judgeLog(whole)));
  const cited = citedEvidence(results, log.repetitions);
  for (const { begun, events } of whole.repetitions) expect(cited(begun.scenario)).toEqual(events);
  expect([...linesOf(log)]).toEqual([...linesOf(whole)]);
  // The first was there before there were many; the others are made anew, and nobody holds them.
  const [first, second] = log.repetitions;
  expect(first?.events).toBe(first?.events);
  expect(second?.events).not.toBe(second?.events);
});

it('events that come after others were packed are kept behind them', () => {
  const kept = new KeptEvents();
  const events = ['e1', 'e2', 'e3'].map((id) => operation({ id }));
  for (const event of events.slice(0, 2)) kept.push(event);
  kept.pack();
  expect(kept.length).toBe(0);
  for (const event of events.slice(2)) kept.push(event);
  expect(kept.all).toEqual(events);
});
