import type { PhaseResults, RunResults, ScenarioResults } from './results.js';

/** Something that two engines do not agree about. */
export interface Difference {
  scenario: string;
  /** Absent where the outcomes themselves differ. */
  phase?: string;
  /** What only the first, and only the second engine says, in words. */
  onlyFirst: string[];
  onlySecond: string[];
}

export interface Parity {
  /** Scenarios that both engines ran. */
  compared: number;
  /** Scenarios that one of them cannot do, with the reason. */
  skipped: { scenario: string; reason: string }[];
  differences: Difference[];
}

/**
 * Compares what two engines found, result by result: operation, name, host, port, device and rule,
 * and what users and administrators saw. Durations and event ids are an engine's own.
 */
export function compareEngines(first: RunResults, second: RunResults): Parity {
  const others = new Map(second.scenarios.map((scenario) => [scenario.id, scenario]));
  const skipped: Parity['skipped'] = [];
  const differences: Difference[] = [];
  let compared = 0;
  for (const one of first.scenarios) {
    const other = others.get(one.id);
    const reason = [one, other].find((each) => each?.outcome === 'skipped')?.reason;
    if (reason) {
      skipped.push({ scenario: one.id, reason });
      continue;
    }
    compared++;
    if (!other) differences.push({ scenario: one.id, onlyFirst: ['was run'], onlySecond: [] });
    else differences.push(...compareScenario(one, other));
  }
  return { compared, skipped, differences };
}

/** Compares what a check of a site found on two engines: results, and the verdict on each requirement. */
export function compareChecks(site: string, first: RunResults, second: RunResults): Difference[] {
  const named = ({ scenarios, ...rest }: RunResults): RunResults => ({
    ...rest,
    scenarios: scenarios.map((scenario) => ({ ...scenario, id: site })),
  });
  const mine = verdictsOf(first);
  const theirs = verdictsOf(second);
  const onlyFirst = mine.filter((verdict) => !theirs.includes(verdict));
  const onlySecond = theirs.filter((verdict) => !mine.includes(verdict));
  return [
    ...compareEngines(named(first), named(second)).differences,
    ...(onlyFirst.length + onlySecond.length > 0 ? [{ scenario: site, onlyFirst, onlySecond }] : []),
  ];
}

function verdictsOf({ requirements }: RunResults): string[] {
  return requirements.map(({ id, verdict }) => `${id} ${verdict}`);
}

/** One line a difference: scenario, phase, both results. */
export function inWords(
  { scenario, phase, onlyFirst, onlySecond }: Difference,
  names: [string, string],
): string {
  const say = (name: string, list: readonly string[]) =>
    `${name}: ${list.join(', ') || 'nothing of the kind'}`;
  return `${scenario}${phase ? ` (${phase})` : ''}: ${say(names[0], onlyFirst)}; ${say(names[1], onlySecond)}`;
}

function compareScenario(one: ScenarioResults, other: ScenarioResults): Difference[] {
  if (one.outcome !== other.outcome)
    return [
      {
        scenario: one.id,
        onlyFirst: [`${one.outcome} ${one.reason ?? ''}`.trim()],
        onlySecond: [`${other.outcome} ${other.reason ?? ''}`.trim()],
      },
    ];
  return one.phases.flatMap((phase) => {
    const mine = factsOf(phase);
    const theirs = factsOf(other.phases.find((each) => each.phase === phase.phase));
    const onlyFirst = mine.filter((fact) => !theirs.includes(fact));
    const onlySecond = theirs.filter((fact) => !mine.includes(fact));
    return onlyFirst.length + onlySecond.length > 0
      ? [{ scenario: one.id, phase: phase.phase, onlyFirst, onlySecond }]
      : [];
  });
}

function factsOf(phase: PhaseResults | undefined): string[] {
  if (!phase) return [];
  const results = phase.results.map(({ server, operation, result, host, port, device, rule }) =>
    [server, operation, result, host && `at ${host}:${port}`, device && `by ${device} "${rule}"`]
      .filter(Boolean)
      .join(' '),
  );
  const seen = (phase.observations ?? []).map(({ subject, observed, device, rule }) =>
    [`${subject}: ${observed}`, device && `by ${device} "${rule}"`].filter(Boolean).join(' '),
  );
  return [...results, ...seen];
}
