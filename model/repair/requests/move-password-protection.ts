import { serverSetting } from './server-setting.js';

/** The connector's own updater is on the server, and no other version of it. */
export const movePasswordProtection = serverSetting({
  kind: 'move-password-protection',
  setting: 'password-protection-proxy',
  requirement: 'server/no-password-protection-proxy',
  operation: 'update',
  wrong: (server) =>
    server['password-protection-proxy']
      ? {
          rule: 'no-password-protection-proxy',
          explanation: `the proxy of Password Protection is on ${server.name}, and its updater is another version of the connector's`,
        }
      : undefined,
  mend: (server) => ({ ...server, 'password-protection-proxy': false }),
  words: ({ server }) =>
    `Move the proxy of Microsoft Entra Password Protection from ${server} to another server: its updater and the connector's do not get on.`,
});
