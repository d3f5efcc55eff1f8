import { serverSetting } from './server-setting.js';

/** The window in which an administrator signs in appears. */
export const switchOffIeEsc = serverSetting({
  kind: 'switch-off-ie-esc',
  setting: 'ie-esc',
  requirement: 'server/ie-esc',
  operation: 'sign-in',
  wrong: (server) =>
    server['ie-esc']
      ? {
          rule: 'ie-esc',
          explanation: `IE Enhanced Security Configuration is on at ${server.name}, and the sign-in window may stay empty`,
        }
      : undefined,
  mend: (server) => ({ ...server, 'ie-esc': false }),
  words: ({ server }) =>
    `Switch off IE Enhanced Security Configuration for administrators on ${server}, at least while the connector is registered.`,
});
