import { ConfidentialClientApplication } from '@azure/msal-node';
import { describe, expect, it } from 'vitest';
import { msalNetwork } from '../sign-in/testing.js';
import { authority, daemon, GraphLab, hour, profile, site } from './testing.js';

const lab = new GraphLab();

it('shows applications, the publishing profile, and keeps the updater configuration', async () => {
  const { value } = await lab.graph().api('/applications').expand('connectorGroup').get();
  expect(value).toEqual([
    expect.objectContaining({
      displayName: 'Intranet',
      connectorGroup: expect.objectContaining({ name: 'Default' }),
    }),
    expect.objectContaining({
      displayName: 'Wiki',
      connectorGroup: expect.objectContaining({ name: 'Oslo' }),
    }),
  ]);
  const window = { updateWindowStartTime: '01:00:00', updateWindowEndTime: '04:00:00' };
  await lab.graph().api(`${profile}/hybridAgentUpdaterConfiguration`).patch({ updateWindow: window });
  expect((await lab.graph().api(profile).get()).hybridAgentUpdaterConfiguration.updateWindow).toEqual(window);
});

it('tells users what they are licensed for: what the tenant is', async () => {
  const user = lab.graph(await lab.tokenOf('mira@contoso.test', 'User.Read'));
  const licences = async () => (await user.api('/me/licenseDetails').version('v1.0').get()).value;
  expect(await licences()).toEqual([expect.objectContaining({ skuPartNumber: 'AAD_PREMIUM' })]);
  await lab.cloud.change({ ...site, tenant: { ...site.tenant, licence: 'free' } });
  expect(await licences()).toEqual([]);
});

describe('is refused', () => {
  const refusal = (status: number, code: string) => ({ statusCode: status, code });

  it('to whoever is not an administrator with enough permission', async () => {
    const get = (accessToken: string) => lab.graph(accessToken).api(`${profile}/connectors`).get();
    await expect(get('x.y.z')).rejects.toMatchObject(refusal(401, 'InvalidAuthenticationToken'));
    const little = await lab.tokenOf('admin@contoso.test', 'User.Read');
    await expect(get(little)).rejects.toMatchObject(refusal(403, 'Authorization_RequestDenied'));
    const user = await lab.tokenOf('mira@contoso.test', 'Directory.AccessAsUser.All');
    await expect(get(user)).rejects.toMatchObject(refusal(403, 'Authorization_RequestDenied'));
    expect((await lab.graph(user).api('/me').get()).userPrincipalName).toBe('mira@contoso.test');
  });

  it('to programs alone, as documented', async () => {
    const client = new ConfidentialClientApplication({
      auth: { clientId: daemon.id, clientSecret: daemon.secret, authority },
      system: { networkClient: msalNetwork(lab.send) },
    });
    const own = await client.acquireTokenByClientCredential({
      scopes: ['https://graph.microsoft.com/.default'],
    });
    const refused = lab.graph(own?.accessToken).api(`${profile}/connectors`).get();
    await expect(refused).rejects.toMatchObject(refusal(403, 'Authorization_RequestDenied'));
  });

  it('with a token that has expired', async () => {
    const old = await lab.tokenOf('admin@contoso.test', 'Directory.AccessAsUser.All');
    await lab.cloud.clock.advance(hour);
    const refused = lab.graph(old).api(`${profile}/connectors`).get();
    await expect(refused).rejects.toMatchObject(refusal(401, 'InvalidAuthenticationToken'));
    await lab.signInAgain();
    await expect(lab.list('/connectors')).resolves.toHaveLength(3);
  });

  it.each([
    [
      'GET',
      `/beta${profile}/connectors/11111111-1111-4111-8111-111111111111`,
      404,
      'Request_ResourceNotFound',
    ],
    ['GET', `/beta${profile}/connectors?$orderby=id`, 400, 'BadRequest'],
    ['GET', `/beta${profile}/connectors?$select=secret`, 400, 'BadRequest'],
    ['GET', `/beta${profile}/connectors?$filter=contains(id,'x')`, 400, 'BadRequest'],
    ['GET', `/beta${profile}/printers`, 400, 'BadRequest'],
    ['GET', `/v1.0${profile}/connectors`, 400, 'BadRequest'],
    ['DELETE', `/beta${profile}/connectors`, 405, 'Request_BadRequest'],
    ['POST', `/beta${profile}/connectorGroups`, 400, 'BadRequest'],
  ])('%s %s: %i', async (method, path, status, code) => {
    const headers = { authorization: `Bearer ${lab.token}`, 'client-request-id': 'of-mine' };
    const answer = await lab.send(`https://graph.microsoft.com${path}`, { method, headers });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({
      error: {
        code,
        message: expect.any(String),
        innerError: {
          date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
          'request-id': expect.any(String),
          'client-request-id': 'of-mine',
        },
      },
    });
  });

  it('for a while, where the directory is throttled', async () => {
    const cloud = { ...site.cloud, faults: [{ fault: 'throttled' as const, host: 'graph.microsoft.com' }] };
    await lab.cloud.change({ ...site, cloud });
    const refused = lab.graph().api(`${profile}/connectors`).get();
    await expect(refused).rejects.toMatchObject({ statusCode: 429 });
    const answer = await lab.send(`https://graph.microsoft.com/beta${profile}/connectors`);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
