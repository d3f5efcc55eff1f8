// A test runner for Stryker that imports the tests once, and calls those that meet a mutant again and again. Its own
// runner for vitest starts a worker and imports everything anew for each mutant, where the tests of a
// mutant take milliseconds: four times the CPU for the 222 of docs/mutants.md.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { collect } from './collect.mjs';
import { ForgetfulWeakMap } from './forgetful.mjs';
import { Kept } from './kept.mjs';

class InProcessTestRunner {
  static inject = tokens(commonTokens.options);

  /** What the instrumented code counts in, and is told by which mutant is on. */
  #shared;
  #options;
  /** By id, the quickest first once they were timed. */
  #tests = new Map();
  #kept;

  constructor(options) {
    this.#options = options.inProcess;
    this.#shared = globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
  }

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init() {
    Object.assign(process.env, this.#options.env);
    this.#kept = new Kept(this.#options.kept, 'model');
    const files = this.#options.folders
      .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)))
      .filter((name) => name.endsWith('.test.ts'))
      .sort();
    this.#tests = await collect(files);
    for (const name of this.#options.withoutTests)
      for (const id of this.#tests.keys()) if (id.includes(name)) this.#tests.delete(id);
  }

  async dryRun() {
    this.#shared.activeMutant = undefined;
    const tests = [];
    for (const test of this.#tests.values()) {
      this.#shared.currentTestId = test.id;
      tests.push(await this.#call(test));
      this.#shared.currentTestId = undefined;
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.#shared.mutantCoverage };
  }

  mutantRun(options) {
    return this.#kept.of(options.activeMutant.id, () => this.#run(options));
  }

  async #run({ testFilter, hitLimit, activeMutant, disableBail }) {
    const chosen = testFilter ? testFilter.map((id) => this.#tests.get(id)) : [...this.#tests.values()];
    const tests = [];
    Object.assign(this.#shared, { hitCount: 0, hitLimit, activeMutant: activeMutant.id });
    for (const test of chosen.sort((a, b) => a.milliseconds - b.milliseconds)) {
      const result = await this.#call(test);
      tests.push(result);
      if (result.status === TestStatus.Failed && !disableBail) break;
    }
    const reached = determineHitLimitReached(this.#shared.hitCount, hitLimit);
    Object.assign(this.#shared, { hitCount: undefined, hitLimit: undefined, activeMutant: undefined });
    await this.#stillPasses(tests.at(-1));
    return toMutantRunResult(reached ?? { status: DryRunStatus.Complete, tests });
  }

  /** What fails without the mutant, too, has met something that an earlier one left: that would be no proof. */
  async #stillPasses(last) {
    if (last?.status !== TestStatus.Failed) return;
    const again = await this.#call(this.#tests.get(last.id));
    if (again.status === TestStatus.Failed)
      throw new Error(`${last.id} fails with no mutant, too, after one: ${again.failureMessage}`);
  }

  async #call(test) {
    ForgetfulWeakMap.forgetAll();
    const { id, name, fileName } = test;
    const start = performance.now();
    const failureMessage = await test.run().then(
      () => undefined,
      (error) => String(error instanceof Error ? error.message : error),
    );
    test.milliseconds = performance.now() - start;
    const told = { id, name, fileName, timeSpentMs: test.milliseconds };
    return failureMessage === undefined
      ? { ...told, status: TestStatus.Success }
      : { ...told, status: TestStatus.Failed, failureMessage };
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessTestRunner)];
