import type { SettingKind } from '../request.js';

/** The tenant has the licence that publishing needs. */
export const buyLicence: SettingKind = {
  kind: 'buy-licence',
  stops: ({ tenant }) =>
    tenant.licence === 'free'
      ? [
          {
            device: 'tenant',
            setting: 'licence',
            rule: 'licence free',
            explanation: `${tenant.domain} has no Premium licence: nothing can be published, and what was is switched off (which this lab does not act out)`,
            operation: 'deliver',
            requirements: ['tenant/premium-p1'],
          },
        ]
      : [],
  grant: (_, site) => ({ ...site, tenant: { ...site.tenant, licence: 'premium-p1' } }),
  words: () => 'Give the tenant a Microsoft Entra ID P1 or P2 licence, then publish the applications again.',
};
