import { type LoadedScenario, loadScenarios } from '../../model/scenario/load.js';
import { catalogueFolder } from './catalogue-folder.js';
import { exitCodes } from './exit-codes.js';

export interface LoadedCatalogue {
  scenarios: LoadedScenario[];
  /** The exit code of a command that ended with `code`: a file that is wrong outlasts what the others gave. */
  end(code: number): number;
}

/** The catalogue's scenarios. Files that are wrong are told on standard error, and the others loaded. */
export async function loadCatalogue(folder = catalogueFolder): Promise<LoadedCatalogue> {
  let broken = 0;
  const scenarios = await loadScenarios(folder, ({ message }) => {
    broken++;
    process.stderr.write(`${message}\n`);
  });
  return {
    scenarios,
    end(code) {
      if (broken === 0) return code;
      const files = broken === 1 ? '1 scenario file is' : `${broken} scenario files are`;
      process.stderr.write(`${files} wrong, named above: what they hold was left out.\n`);
      return code === exitCodes.ok || code === exitCodes.unexpected ? exitCodes.usage : code;
    },
  };
}
