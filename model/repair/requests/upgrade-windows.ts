import { leastOf } from '../../requirements/prerequisites.js';
import { type Server, windowsVersions } from '../../site/schema.js';
import { serverSetting } from './server-setting.js';

/** A server runs a version of Windows that the installer takes. */
export const upgradeWindows = serverSetting({
  kind: 'upgrade-windows',
  setting: 'windows',
  requirement: 'server/os-version',
  operation: 'install',
  wrong: ({ name, windows }, site) => {
    const { windows: least } = leastOf(site);
    if (placeInLine(windows) >= placeInLine(least)) return undefined;
    const explanation = `${name} runs ${windows}, and the installer refuses it`;
    return { rule: 'os-version', explanation, place: inWords(least) };
  },
  mend: (server, site) => ({ ...server, windows: versionOf(leastOf(site).windows) ?? server.windows }),
  words: ({ server, place }) => `Move the connector from ${server} to ${place} or later.`,
});

function placeInLine(version: string): number {
  const known: readonly string[] = windowsVersions;
  return known.indexOf(version);
}

function versionOf(version: string): Server['windows'] | undefined {
  return windowsVersions.find((one) => one === version);
}

/** `server-2012-r2` as Windows calls itself. */
function inWords(version: string): string {
  return `Windows Server ${version.replace('server-', '').replace('-r2', ' R2')}`;
}
