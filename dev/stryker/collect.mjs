import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';
import { ForgetfulWeakMap } from './forgetful.mjs';

/** Imports files of vitest's, and gives their tests by id, each with a `run` that may be called again and again. */
export async function collect(files) {
  register();
  // Vitest's expect asks its worker where it is.
  globalThis.__vitest_worker__ = { config: {}, filepath: '' };
  const { collectTests, getFn, getHooks } = await import('@vitest/runner');
  // They keep what is theirs for good.
  for (const name of ['vitest', 'zod', 'fast-check', 'ajv', 'yaml']) await import(name);
  // The same in every run, and less of it: a survivor meets all of them.
  const { configureGlobal } = await import('fast-check');
  configureGlobal({ seed: 1, numRuns: 30 });
  globalThis.WeakMap = ForgetfulWeakMap;

  const importFile = (path) => import(pathToFileURL(path).href);
  const trace = (_name, _attributes, body) => (body ?? _attributes)();
  const config = {
    root: process.cwd(),
    setupFiles: [],
    sequence: { hooks: 'stack', setupFiles: 'list' },
    testTimeout: 0,
    hookTimeout: 0,
    retry: 0,
    tags: [],
    chaiConfig: {},
  };
  const tests = new Map();
  for (const file of await collectTests(
    files.map((name) => resolve(name)),
    { config, importFile, trace },
  )) {
    const [error] = file.result?.errors ?? [];
    if (error) throw new Error(`${file.filepath}: ${error.message}`);
    for (const { test, suites } of testsOf(file)) {
      if (test.mode !== 'run') continue;
      const hooks = suites.map((suite) => getHooks(suite));
      const name = [...suites.slice(1), test].map((task) => task.name).join(' > ');
      let id = `${file.name}#${name}`;
      while (tests.has(id)) id += ' again';
      const run = async () => {
        for (const { beforeEach } of hooks) for (const hook of beforeEach) await hook(test.context, test);
        try {
          await getFn(test)();
        } finally {
          for (const { afterEach } of hooks.toReversed())
            for (const hook of afterEach) await hook(test.context, test);
        }
      };
      tests.set(id, { id, name, fileName: file.filepath, milliseconds: 0, run });
    }
    for (const hook of getHooks(file).beforeAll) await hook(file);
  }
  return tests;
}

function testsOf(task, suites = []) {
  if (task.type === 'test') return [{ test: task, suites }];
  return task.tasks.flatMap((inner) => testsOf(inner, [...suites, task]));
}
