import { json, type Service } from '../service.js';

/** Which the installer asks on its way. Its reply is the least that is an answer. */
export const directory: Service = {
  name: 'directory',
  hosts: (names) => [
    { name: names.directory, block: 'resource-manager', chain: ['arm-frontdoor-prod.trafficmanager.net'] },
  ],
  answer: (context) => () => {
    const { id, domain } = context.site().tenant;
    return {
      status: 200,
      headers: json,
      body: JSON.stringify({ value: [{ tenantId: id, defaultDomain: domain }] }),
    };
  },
};
