import { isRecord, type Upgrade } from './upgrade.js';

/** Repetitions had no numbers at first: there were none but those that had ended, in order. */
export const results1: Upgrade = {
  from: 'connector-lab/results@1',
  to: 'connector-lab/results@2',
  upgrade: (results) => ({ ...results, scenarios: each(results.scenarios, withNumbers) }),
};

function withNumbers(scenario: Readonly<Record<string, unknown>>): unknown {
  if (!Array.isArray(scenario.repetitions)) return scenario;
  const repetitions = scenario.repetitions.map((one, index) =>
    isRecord(one) ? { number: index + 1, ...one } : one,
  );
  return { ...scenario, repetitions };
}

function each(list: unknown, change: (one: Readonly<Record<string, unknown>>) => unknown): unknown {
  return Array.isArray(list) ? list.map((one) => (isRecord(one) ? change(one) : one)) : list;
}
