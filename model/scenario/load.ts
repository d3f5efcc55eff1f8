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

/** Every `*.scenario.ts` below a folder, in the order of their ids. @throws ScenarioFileError */
export async function loadScenarios(root: string): Promise<LoadedScenario[]> {
  const entries = await readdir(root, { recursive: true });
  const files = entries.filter((entry) => suffix.test(entry)).sort();
  const loaded = await Promise.all(files.map((file) => loadFile(root, join(root, file))));
  return checkUnique(loaded.flat());
}

async function loadFile(root: string, file: string): Promise<LoadedScenario[]> {
  const module = await imported(file);
  const exported = Array.isArray(module.default) ? module.default : [module.default];
  const id = relative(root, file).split(sep).join('/').replace(suffix, '');
  return exported.map((spec: unknown, index) => {
    const place = `${basename(file)}${exported.length > 1 ? `[${index}]` : ''}`;
    return { scenario: readSpec(spec, id, place), file };
  });
}

async function imported(file: string): Promise<{ default?: unknown }> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new ScenarioFileError(`${file} cannot be loaded: ${problem}`, { cause });
  }
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

function checkUnique(loaded: LoadedScenario[]): LoadedScenario[] {
  const files = new Map<string, string>();
  for (const { scenario, file } of loaded) {
    const other = files.get(scenario.id);
    if (other)
      throw new ScenarioFileError(`two scenarios are called ${scenario.id}, both in ${basename(file)}`);
    files.set(scenario.id, file);
  }
  return loaded;
}
