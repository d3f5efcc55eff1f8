import { leastOf, prerequisites } from '../../requirements/prerequisites.js';
import { isAtLeast } from '../../site/version.js';
import { serverSetting } from './server-setting.js';

/** A server has the .NET Framework that this version of the connector needs. */
export const upgradeDotnet = serverSetting({
  kind: 'upgrade-dotnet',
  setting: 'dotnet',
  requirement: 'server/dotnet-version',
  operation: 'install',
  wrong: ({ name, connector, dotnet }, site) => {
    const { dotnet: least } = leastOf(site);
    if (!isAtLeast(connector, prerequisites.connectorThatNeedsDotnet) || isAtLeast(dotnet, least))
      return undefined;
    const explanation = `${name} has .NET Framework ${dotnet}, and connector ${connector} does not install on it`;
    return { rule: 'dotnet-version', explanation, place: least };
  },
  mend: (server, site) => ({ ...server, dotnet: leastOf(site).dotnet }),
  words: ({ server, place }) => `Install .NET Framework ${place} or later on ${server}.`,
});
