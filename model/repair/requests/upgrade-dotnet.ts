import { prerequisites } from '../../requirements/prerequisites.js';
import { isAtLeast } from '../../site/version.js';
import { serverSetting } from './server-setting.js';

/** A server has the .NET Framework that this version of the connector needs. */
export const upgradeDotnet = serverSetting({
  kind: 'upgrade-dotnet',
  setting: 'dotnet',
  requirement: 'server/dotnet-version',
  operation: 'install',
  wrong: ({ name, connector, dotnet }) =>
    isAtLeast(connector, prerequisites.connectorThatNeedsDotnet) && !isAtLeast(dotnet, prerequisites.dotnet)
      ? {
          rule: 'dotnet-version',
          explanation: `${name} has .NET Framework ${dotnet}, and connector ${connector} does not install on it`,
        }
      : undefined,
  mend: (server) => ({ ...server, dotnet: prerequisites.dotnet }),
  words: ({ server }) => `Install .NET Framework ${prerequisites.dotnet} or later on ${server}.`,
});
