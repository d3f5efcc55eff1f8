import { expect, it } from 'vitest';
import { accountsOf } from './accounts.js';
import { completeSite } from './complete.js';

it('knows each account once, however it is written', () => {
  const site = completeSite({
    site: 'x',
    servers: [
      {
        name: 's',
        services: { connector: 'contoso\\SVC-Connector$' },
        'host-firewall': { rules: [{ allow: 'any', account: 'Contoso\\svc-connector$' }] },
      },
    ],
    proxy: {
      address: 'p.test:80',
      rules: [
        { deny: 'any', account: 'FABRIKAM\\u' },
        { allow: 'any', account: 'local-system' },
      ],
    },
  });
  expect(accountsOf(site)).toEqual([
    ...['administrator', 'network-service', 'local-system'],
    ...['CONTOSO\\svc-connector$', 'FABRIKAM\\u'],
  ]);
});
