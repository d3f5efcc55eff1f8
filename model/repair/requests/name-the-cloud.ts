import { serverSetting } from './server-setting.js';

/** The installer is told which cloud it registers with. */
export const nameTheCloud = serverSetting({
  kind: 'name-the-cloud',
  setting: 'environment-name',
  requirement: 'cloud/government-parameter',
  operation: 'sign-in',
  wrong: (server, { cloud }) => {
    const needed = cloud.environment === 'public' ? 'AzureCloud' : 'AzureUSGovernment';
    const named = server['environment-name'] ?? needed;
    if (named === needed) return undefined;
    return {
      rule: `environment-name ${named}`,
      explanation: `the installer on ${server.name} was told ENVIRONMENTNAME=${named}, and the directory is in ${needed}`,
    };
  },
  mend: ({ 'environment-name': _, ...server }) => server,
  words: ({ server }) =>
    `Install the connector on ${server} anew with the ENVIRONMENTNAME parameter of the directory's own cloud.`,
});
