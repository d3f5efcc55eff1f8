import { serverSetting } from './server-setting.js';

/** The services show the certificate of their own registration. */
export const deleteLeftOvers = serverSetting({
  kind: 'delete-left-overs',
  setting: 'trust-settings',
  requirement: 'server/clean-reinstall',
  operation: 'bootstrap',
  wrong: (server) =>
    server['trust-settings'] === 'left-over'
      ? {
          rule: 'trust-settings left-over',
          explanation: `the services of ${server.name} show the certificate of an earlier registration`,
        }
      : undefined,
  mend: (server) => ({ ...server, 'trust-settings': 'own' }),
  words: ({ server }) =>
    `Uninstall the connector on ${server}, delete its folders with the trust settings, and install and register it anew.`,
});
