/// <reference types="node" preserve="true" />
/// <reference lib="esnext.disposable" preserve="true" />
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, test as base, expect } from 'vitest';
import { nearest } from '../model/requirements/nearest.js';
import { loadScenarios } from '../model/scenario/load.js';
import { readSpec } from '../model/scenario/read-spec.js';
import type { Scenario, ScenarioSpec } from '../model/scenario/scenario.js';
import type { ScenarioResults } from '../model/verdict/results.js';
import type { Engine } from './engines/engine.js';
import { type EngineName, engineNames, selectEngine } from './engines/select.js';
import { runScenario } from './run/run-scenario.js';

/** What a test gets as `lab`. */
export interface LabFixture {
  engine: Engine;
  /**
   * Runs a scenario: control, change, restore. Fails the test, with the scenario's own reason, where
   * it does not prove what it says; skips it where the engine cannot do the site.
   * @throws ScenarioFileError where something in it is unknown: a requirement, a key, a word of the site
   */
  proves(spec: ScenarioSpec): Promise<ScenarioResults>;
}

let engine: Promise<Engine> | undefined;
/** Lab time at the start of every lab, as in a run: labs of one time share their authorities and keys. */
const startAt = Date.now();

/** One engine for all tests of a worker: its labs stay warm. CONNECTOR_LAB_ENGINE says which. */
function theEngine(): Promise<Engine> {
  engine ??= selectEngine(engineName());
  return engine;
}

/** A word that is no engine must not go green on another one. */
function engineName(): EngineName {
  const word = process.env.CONNECTOR_LAB_ENGINE ?? 'auto';
  const name = engineNames.find((one) => one === word);
  if (name) return name;
  const near = nearest(word, engineNames);
  throw new Error(
    `CONNECTOR_LAB_ENGINE is "${word}"${near ? `; did you mean ${near}?` : ''} (there are ${engineNames.join(', ')})`,
  );
}

/** vitest calls it through `afterAll` of each file; the next file starts anew. */
afterAll(async () => {
  await (await engine)?.[Symbol.asyncDispose]();
  engine = undefined;
});

/**
 * vitest's `test` with a `lab`, for people's own sites and scenarios:
 *
 * ```ts
 * import { test } from 'connector-lab/vitest';
 * test('our proxy lets the connector out', ({ lab }) => lab.proves({ … }));
 * ```
 */
export const test = base.extend<{ lab: LabFixture }>({
  lab: async ({ task, skip }, use) => {
    const engine = await theEngine();
    await use({
      engine,
      proves: async (spec) =>
        prove(readSpec(spec, task.name, `${basename(task.file.filepath)} › ${task.name}`), engine, skip),
    });
  },
});

/** Registers one test per scenario below a folder; a file that is wrong is a test that fails. */
export async function testScenarios(folder: string | URL): Promise<void> {
  const root = typeof folder === 'string' ? folder : fileURLToPath(folder);
  const loaded = await loadScenarios(root, (error) => {
    base(error.message, () => {
      throw error;
    });
  });
  for (const { scenario } of loaded) {
    test(`${scenario.id}: ${scenario.title}`, async ({ lab, skip }) => {
      await prove(scenario, lab.engine, skip);
    });
  }
}

async function prove(
  scenario: Scenario,
  engine: Engine,
  skip: (note?: string) => void,
): Promise<ScenarioResults> {
  const { results } = await runScenario(scenario, engine, { startAt });
  if (results.outcome === 'skipped') skip(results.reason);
  expect(results.outcome, results.reason).toBe('passed');
  return results;
}
