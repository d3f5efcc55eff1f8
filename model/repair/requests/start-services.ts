import { serverSetting } from './server-setting.js';

/** Both Windows services of a connector run. */
export const startServices = serverSetting({
  kind: 'start-services',
  setting: 'services',
  requirement: 'server/services-running',
  operation: 'bootstrap',
  wrong: ({ name, stopped }) =>
    stopped.length > 0
      ? {
          rule: 'services-running',
          explanation: `the ${[...stopped].sort().join(' and the ')} service of ${name} ${stopped.length > 1 ? 'are' : 'is'} stopped`,
        }
      : undefined,
  mend: (server) => ({ ...server, stopped: [] }),
  words: ({ server, reasons }) => `Start the connector's services on ${server}: ${reasons.join('; ')}.`,
});
