import { z } from 'zod';
import { measuredSchema } from '../evidence/measured.js';
import { requirement, UnknownRequirementError } from '../requirements/catalogue.js';
import { nearest } from '../requirements/nearest.js';
import { crossCheck } from '../site/cross-check.js';
import { wordsFor } from '../site/issue-words.js';
import { pathInWords } from '../site/path-words.js';
import type { Placed } from '../site/placed.js';
import { type Site, siteSchema } from '../site/schema.js';
import { applyChanges } from './change.js';
import { wrongReferences } from './check-references.js';
import { type Scenario, type ScenarioSpec, toScenario } from './scenario.js';

/** A scenario is not what it should be; the message names the place and what is wrong, a line each. */
export class ScenarioFileError extends Error {
  override readonly name = 'ScenarioFileError';
}

const expectations = z.array(z.looseObject({ kind: z.string() }));
const change = z.looseObject({
  describe: z.string(),
  apply: z.custom<(site: Site) => Site>((value) => typeof value === 'function', 'is no function'),
  exercised: z.array(z.looseObject({})),
});
const steps = z.array(z.looseObject({ do: z.string() }));
const shape = z.strictObject({
  title: z.string().min(1),
  proves: z.union([z.string(), z.array(z.string()).min(1)], 'is an id of a requirement, or a list of them'),
  site: z.looseObject({ site: z.string() }),
  change: z.union([z.array(change).min(1), change], 'is a change, such as denyHost(…), or a list of them'),
  expect: expectations,
  control: expectations.optional(),
  restore: expectations.optional(),
  script: z
    .strictObject({ control: steps.optional(), change: steps.optional(), restore: steps.optional() })
    .optional(),
  measured: measuredSchema.optional(),
  row: z.string().optional(),
});

/**
 * What a scenario file or a test gives, as a scenario: nothing in it is unknown to the lab.
 * @param place what the messages begin with: a file, or a test in it
 * @throws ScenarioFileError
 */
export function readSpec(spec: unknown, id: string, place: string): Scenario {
  const fail = (problems: readonly Placed[]) =>
    new ScenarioFileError(
      problems
        .map(({ path, message }) => `${place}: ${pathInWords(path) || 'scenario'}: ${message}`)
        .join('\n'),
    );
  const parsed = shape.safeParse(spec);
  if (!parsed.success) throw fail(parsed.error.issues.flatMap(inWords));
  // The shape was checked above; what the builders put inside is typed by them.
  const scenario = toScenario(id, spec as ScenarioSpec);
  const problems = [...unknownRequirements(scenario), ...problemsOf(scenario.site, ['site'])];
  if (problems.length > 0) throw fail(problems);
  const changed = problemsOf(applyChanges(scenario.site, scenario.change), ['the changed site']);
  if (changed.length > 0) throw fail(changed);
  const wrong = wrongReferences(scenario);
  if (wrong.length > 0) throw new ScenarioFileError(wrong.map((words) => `${place}: ${words}`).join('\n'));
  return scenario;
}

function inWords(issue: z.core.$ZodIssue): Placed[] {
  const { path, code, message } = issue;
  if (code !== 'unrecognized_keys')
    return [{ path, message: message.endsWith('received undefined') ? 'is missing' : message }];
  const known = Object.keys(path[0] === 'script' ? shape.shape.script.unwrap().shape : shape.shape);
  return issue.keys.map((key) => {
    const near = nearest(key, known);
    const hint = near ? `did you mean "${near}"?` : `known are ${known.join(', ')}`;
    return { path: [...path, key], message: `unknown key; ${hint}` };
  });
}

function unknownRequirements({ proves }: Scenario): Placed[] {
  return proves.flatMap((id) => {
    try {
      requirement(id);
      return [];
    } catch (error) {
      if (!(error instanceof UnknownRequirementError)) throw error;
      return [{ path: ['proves'], message: error.message }];
    }
  });
}

/** Sites that were right: most scenarios of a catalogue share a few. */
const right = new Set<string>();

function problemsOf(site: Site, at: readonly string[]): Placed[] {
  const text = JSON.stringify(site);
  if (right.has(text)) return [];
  // What published lists make of rules is nothing that a file may say, and application rules have a list there.
  const written = JSON.parse(text, (key, value) => (key === 'means' || key === 'layer' ? undefined : value));
  const { error } = siteSchema.safeParse(written);
  // A complete site has its durations in milliseconds; files write them as text.
  const issues = (error?.issues ?? []).filter(
    ({ code, path }) => code !== 'invalid_type' || typeof valueAt(site, path) !== 'number',
  );
  const problems = issues.length > 0 ? issues.flatMap((issue) => wordsFor(issue, site)) : crossCheck(site);
  if (problems.length === 0) right.add(text);
  return problems.map(({ path, message }) => ({ path: [...at, ...path], message }));
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}
