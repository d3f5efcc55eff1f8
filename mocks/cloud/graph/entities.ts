import type { Application } from '../../../model/site/schema.js';
import { idOf } from '../../protocol/directory-ids.js';
import type { ConnectorGroup } from '../groups.js';
import { statusOf } from '../portal/portal.js';
import type { RegisteredConnector } from '../registered-connector.js';
import type { CloudContext } from '../service.js';
import type { Entity } from './odata.js';

/** What Graph tells of a connector: no time, no reason, only the label (connector-facts 3.1). */
export function connectorEntity(context: CloudContext, connector: RegisteredConnector): Entity {
  const { id, machineName, externalIp, version } = connector;
  return {
    type: 'connector',
    values: { id, machineName, externalIp, status: statusOf(context, connector), version },
    relations: { memberOf: () => [groupEntity(context, context.state.groups.of(connector))] },
  };
}

export function groupEntity(context: CloudContext, group: ConnectorGroup): Entity {
  const { id, name, region, isDefault } = group;
  const { groups } = context.state;
  return {
    type: 'connectorGroup',
    values: { id, name, connectorGroupType: 'applicationProxy', isDefault, region },
    relations: {
      members: () => groups.membersOf(group).map((one) => connectorEntity(context, one)),
      applications: () => {
        const names = groups.applicationsOf(group);
        const found = context.site().applications.filter(({ name: one }) => names.includes(one));
        return found.map((one) => applicationEntity(context, one));
      },
    },
  };
}

export function applicationEntity(context: CloudContext, application: Application): Entity {
  const { name, external, internal } = application;
  const id = idOf('application', name);
  return {
    type: 'application',
    values: {
      id,
      appId: id,
      displayName: name,
      onPremisesPublishing: {
        externalUrl: external,
        internalUrl: internal,
        externalAuthenticationType: application['pre-authentication'] ? 'aadPreAuthentication' : 'passthru',
        applicationServerTimeout: 'default',
        isBackendCertificateValidationEnabled: application['validate-backend-certificate'],
        isOnPremPublishingEnabled: true,
      },
    },
    relations: { connectorGroup: () => groupEntity(context, context.state.groups.ofApplication(name)) },
  };
}

export function userEntity(name: string): Entity {
  return {
    type: 'user',
    values: { id: idOf('user', name), displayName: name, userPrincipalName: name, mail: name },
  };
}

/** Ids and names of Microsoft's list of products for licensing. */
const products = {
  'premium-p1': { skuId: '078d2b04-f1bd-4111-bbd6-b4b1b354cef4', skuPartNumber: 'AAD_PREMIUM' },
  'premium-p2': { skuId: '84a661c4-e949-4bd2-a560-ed7766fcaf2b', skuPartNumber: 'AAD_PREMIUM_P2' },
} as const;

/** What a user is licensed for: in a lab everybody has the tenant's licence. */
export function licenceEntities(context: CloudContext): Entity[] {
  const { licence } = context.site().tenant;
  if (licence === 'free') return [];
  const product = products[licence];
  return [{ type: 'licenseDetails', values: { id: product.skuId, ...product } }];
}
