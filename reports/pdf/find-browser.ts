import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** There is no browser that prints. Exit code 3, as for an engine. */
export class NoBrowserError extends Error {
  override readonly name = 'NoBrowserError';
}

/** Names on the PATH; the first starts in half the time of the others. */
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];

/** Where installers put them that leave the PATH alone; Windows brings Edge along. */
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Chromium, or a browser made of it: the one that `CONNECTOR_LAB_CHROMIUM` names, else the first that is found.
 * @throws NoBrowserError
 */
export function findBrowser({ CONNECTOR_LAB_CHROMIUM: named, PATH = '' }: NodeJS.ProcessEnv): string {
  if (named) {
    if (isProgram(named)) return named;
    throw new NoBrowserError(`CONNECTOR_LAB_CHROMIUM names ${named}, which is no program`);
  }
  const onPath = names.flatMap((name) =>
    PATH.split(delimiter)
      .filter(Boolean)
      .map((folder) => join(folder, name)),
  );
  const found = [...onPath, ...places].find(isProgram);
  if (found !== undefined) return found;
  throw new NoBrowserError(
    'no Chromium, Chrome or Edge is here to print with; install one (Debian: apt-get install chromium-headless-shell), name it in CONNECTOR_LAB_CHROMIUM, or print report.html from a browser',
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
