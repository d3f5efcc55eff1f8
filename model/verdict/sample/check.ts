import { type Sample, sample } from './sample.js';

/** One customer's site, with the sample's failure in it. */
export function checkSample(): Sample {
  const { results, events } = sample();
  const [passed] = results.scenarios;
  if (!passed) throw new Error('the sample has no scenario');
  const requirements = results.requirements.map((one) =>
    one.id === 'hosts/service' ? { ...one, verdict: 'broken' as const, provedBy: ['check'] } : one,
  );
  return {
    results: {
      ...results,
      scenarios: [{ ...passed, id: 'check', outcome: 'failed', reason: 'broken: hosts/service' }],
      requirements,
    },
    events: events.map((event) => ({ ...event, scenario: 'check' })),
  };
}
