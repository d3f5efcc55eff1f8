import { prerequisites } from '../../requirements/prerequisites.js';
import { isAtLeast } from '../../site/version.js';
import { serverSetting } from './server-setting.js';

/** A connector is new enough to carry Private Access. */
export const updateConnector = serverSetting({
  kind: 'update-connector',
  setting: 'connector',
  requirement: 'server/connector-version',
  operation: 'tunnel',
  wrong: ({ name, connector }, site) =>
    site['private-access'] && !isAtLeast(connector, prerequisites.connectorForPrivateAccess)
      ? {
          rule: 'connector-version',
          explanation: `${name} runs connector ${connector}, which carries no Private Access traffic`,
        }
      : undefined,
  mend: (server) => ({ ...server, connector: prerequisites.connectorForPrivateAccess }),
  words: ({ server }) =>
    `Update the connector on ${server} to ${prerequisites.connectorForPrivateAccess} or later.`,
});
