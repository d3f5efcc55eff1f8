import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSpec, ScenarioFileError } from './read-spec.js';
import type { Scenario } from './scenario.js';

/** A scenario and the file it comes from, so that another process can load it again. */
export interface LoadedScenario {
  scenario: Scenario;
  file: string;
}

/** No scenario has this name; the message gives the nearest. */
export class UnknownScenarioError extends Error {
  override readonly name = 'UnknownScenarioError';
}

const suffix = /\.scenario\.[jt]s$/;

/**
 * Every `*.scenario.ts` below a folder, in the order of their ids.
 * @param onBroken told of each file that is wrong, which then gives no scenarios
 * @throws ScenarioFileError where a file is wrong and nobody is told
 */
export async function loadScenarios(
  root: string,
  onBroken: (error: ScenarioFileError) => void = (error) => {
    throw error;
  },
): Promise<LoadedScenario[]> {
  const entries = await readdir(root, { recursive: true });
  const files = entries.filter((entry) => suffix.test(entry)).sort();
  const loaded = files.map((file) =>
    loadFile(root, join(root, file)).catch((error) => {
      if (!(error instanceof ScenarioFileError)) throw error;
      onBroken(error);
      return [];
    }),
  );
  return (await Promise.all(loaded)).flat();
}

/** @throws ScenarioFileError */
async function loadFile(root: string, file: string): Promise<LoadedScenario[]> {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(file).href);
    return read(module.default, relative(root, file).split(sep).join('/')).map((scenario) => ({
      scenario,
      file,
    }));
  } catch (cause) {
    if (cause instanceof ScenarioFileError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    // The file is not wrong: so many cannot be open at a time.
    if (code === 'EMFILE' || code === 'ENFILE') throw cause;
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new ScenarioFileError(`${file} cannot be loaded: ${problem}`, { cause });
  }
}

function read(exported: unknown, name: string): Scenario[] {
  const specs: unknown[] = Array.isArray(exported) ? exported : [exported];
  const scenarios = specs.map((spec, index) =>
    readSpec(spec, name.replace(suffix, ''), `${name}${specs.length > 1 ? `[${index}]` : ''}`),
  );
  const ids = scenarios.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new ScenarioFileError(`${name}: two scenarios are called ${twice}`);
  return scenarios;
}

/** One scenario of a file, for a process that was told its id. @throws ScenarioFileError */
export async function loadScenario(file: string, id: string): Promise<Scenario> {
  const root =
    id
      .split('#')[0]
      ?.split('/')
      .reduce((folder) => dirname(folder), file) ?? dirname(file);
  const loaded = await loadFile(root, file);
  const found = loaded.find(({ scenario }) => scenario.id === id);
  if (!found) throw new ScenarioFileError(`${basename(file)} no longer holds ${id}`);
  return found.scenario;
}
