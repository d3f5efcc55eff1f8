import { prerequisites } from '../../requirements/prerequisites.js';
import { windowsVersions } from '../../site/schema.js';
import { serverSetting } from './server-setting.js';

/** A server runs a version of Windows that the installer takes. */
export const upgradeWindows = serverSetting({
  kind: 'upgrade-windows',
  setting: 'windows',
  requirement: 'server/os-version',
  operation: 'install',
  wrong: ({ name, windows }) =>
    windowsVersions.indexOf(windows) < windowsVersions.indexOf(prerequisites.windows)
      ? { rule: 'os-version', explanation: `${name} runs ${windows}, and the installer refuses it` }
      : undefined,
  mend: (server) => ({ ...server, windows: prerequisites.windows }),
  words: ({ server }) => `Move the connector from ${server} to Windows Server 2012 R2 or later.`,
});
