import { expect, it } from 'vitest';
import { documentedSite } from '../../model/site/documented.js';
import { ConnectorLab, life } from '../connector/testing.js';

const lab = new ConnectorLab();

/** What is asked of which application, as `name path`. */
async function visited(applications: { name: string; external: string; internal: string }[], urls: string[]) {
  await lab.open(documentedSite({ applications }));
  await lab.perform(...life);
  for (const url of urls) expect(await lab.visit(url), url).toBe('application');
  return lab.seen('application').map(({ application, path }) => `${application} ${path}`);
}

it('several applications of one host, and of one address, are told apart by path and name', async () => {
  const applications = [
    { name: 'Start', external: 'https://start.msappproxy.net/', internal: 'https://apps.contoso.test/' },
    {
      name: 'Leave',
      external: 'https://leave.msappproxy.net/',
      internal: 'https://apps.contoso.test/leave/',
    },
    { name: 'Pay', external: 'https://pay.msappproxy.net/pay/', internal: 'https://apps.contoso.test/pay/' },
    {
      name: 'Payroll',
      external: 'https://pay.msappproxy.net/payroll',
      internal: 'http://payroll.contoso.test',
    },
    { name: 'By address', external: 'https://box.msappproxy.net/', internal: 'https://198.18.130.77/' },
  ];
  expect(
    await visited(applications, [
      'https://start.msappproxy.net/',
      'https://leave.msappproxy.net/',
      'https://leave.msappproxy.net/2026?all=1',
      'https://pay.msappproxy.net/pay/slips',
      'https://pay.msappproxy.net/payroll',
      'https://box.msappproxy.net/',
      'https://start.msappproxy.net/http://www.fabrikam.test/',
    ]),
  ).toEqual([
    'Start /',
    'Leave /leave/',
    'Leave /leave/2026?all=1',
    'Pay /pay/slips',
    'Payroll /',
    'By address /',
    'Start /http://www.fabrikam.test/',
  ]);
});
