import { ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node';
import {
  AuthenticationHandler,
  Client,
  type Context,
  RetryHandler,
  RetryHandlerOptions,
} from '@microsoft/microsoft-graph-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OpenCloud, openCloud } from '../../../harness/engines/embedded/testing.js';
import { type LabFetch, labFetch } from '../../../harness/engines/parts/testing.js';
import { documentedSite } from '../../../harness/site/documented.js';
import { Connector } from '../../connector/connector.js';
import { graphToolsClientId } from '../sign-in/clients.js';
import { msalNetwork, signInAt } from '../sign-in/testing.js';

/** Microsoft's Graph library, with tokens of MSAL, over the lab's names and certificates. */
const daemon = { id: '0f1e2d3c-4b5a-4697-8877-66554433aa01', name: 'Nightly job', secret: 'a secret' };
const site = documentedSite({
  servers: [{ name: 'berlin-1' }, { name: 'berlin-2' }, { name: 'oslo-1' }],
  tenant: { clients: [daemon] },
  applications: [
    {
      name: 'Intranet',
      external: 'https://intranet-contoso.msappproxy.net/',
      internal: 'http://intranet.contoso.test/',
    },
    {
      name: 'Wiki',
      external: 'https://wiki-contoso.msappproxy.net/',
      internal: 'http://wiki.contoso.test/',
      group: 'Oslo',
    },
  ],
  'connector-groups': [{ name: 'Oslo', servers: ['oslo-1'], region: 'nam' }],
});
const authority = `https://login.microsoftonline.com/${site.tenant.id}`;
const p = '/onPremisesPublishingProfiles/applicationProxy';
const hour = 3_600_000;
interface Shown {
  id: string;
  name: string;
  region: string;
  machineName: string;
  status: string;
}

let lab: OpenCloud;
let send: LabFetch;
let token: string;
const connectors: Connector[] = [];

beforeAll(async () => {
  lab = await openCloud(site);
  send = labFetch(lab.entrance(), lab.trust);
  for (const server of site.servers) {
    const stack = lab.network.server(server.name);
    const connector = new Connector({ stack, server, site, roots: lab.pki.roots });
    connectors.push(connector);
    for (const operation of ['install', 'sign-in', 'register', 'bootstrap'] as const)
      await connector.perform(operation);
  }
  token = await tokenOf('admin@contoso.test', 'Directory.AccessAsUser.All');
});
afterAll(async () => {
  for (const one of [...connectors, lab]) await one[Symbol.asyncDispose]();
});
beforeEach(async () => {
  // Another site and back: groups are as the site has them again.
  await lab.change(documentedSite());
  await lab.change(site);
});

async function tokenOf(name: string, permission: string): Promise<string> {
  const client = new PublicClientApplication({
    auth: { clientId: graphToolsClientId, authority },
    system: { networkClient: msalNetwork(send) },
  });
  const scopes = [`https://graph.microsoft.com/${permission}`];
  const asked = { scopes, redirectUri: 'http://localhost:8400' };
  const back = (await signInAt(send, await client.getAuthCodeUrl(asked), name)) as URL;
  return (await client.acquireTokenByCode({ ...asked, code: back.searchParams.get('code') ?? '' }))
    .accessToken;
}

/** The library's own chain, with the lab in place of its last part. */
function graph(accessToken = token): Client {
  const authentication = new AuthenticationHandler({ getAccessToken: async () => accessToken });
  const retry = new RetryHandler(new RetryHandlerOptions(0, 0));
  authentication.setNext(retry);
  retry.setNext({
    execute: async (context: Context) => {
      context.response = await send(String(context.request), context.options as RequestInit);
    },
  });
  return Client.initWithMiddleware({ middleware: authentication, defaultVersion: 'beta' });
}

const list = async (path: string): Promise<Shown[]> =>
  (
    await graph()
      .api(p + path)
      .get()
  ).value;
const idOf = async (path: string, name: string): Promise<string> =>
  (await list(path)).find((one) => one.name === name || one.machineName === name)?.id ?? '';
const refer = (collection: string, id: string) => ({
  '@odata.id': `https://graph.microsoft.com/beta${p}/${collection}/${id}`,
});

describe('connectors', () => {
  it('are listed with their label and the address that was seen', async () => {
    expect(await list('/connectors')).toEqual(
      site.servers.map(({ name }) => ({
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        machineName: name,
        externalIp: expect.stringMatching(/^198\.18\./),
        status: 'active',
        version: '1.5.3437.0',
      })),
    );
    expect(
      (await list(`/connectors/${await idOf('/connectors', 'oslo-1')}/memberOf`)).map(({ name }) => name),
    ).toEqual(['Oslo']);
  });

  it('turn inactive when they report no more', async () => {
    for (const connector of connectors) await connector.service('connector', 'stop');
    await lab.clock.advance(hour / 2);
    expect(new Set((await list('/connectors')).map(({ status }) => status))).toEqual(new Set(['inactive']));
    for (const connector of connectors) await connector.service('connector', 'start');
    for (const connector of connectors) await connector.perform('bootstrap');
    expect(new Set((await list('/connectors')).map(({ status }) => status))).toEqual(new Set(['active']));
  });

  it('can be chosen, cut short and expanded', async () => {
    const query = graph()
      .api(`${p}/connectors`)
      .filter("machineName eq 'oslo-1'")
      .select('id,machineName')
      .expand('memberOf');
    expect((await query.get()).value).toEqual([
      {
        id: expect.any(String),
        machineName: 'oslo-1',
        memberOf: [expect.objectContaining({ name: 'Oslo' })],
      },
    ]);
  });
});

describe('connector groups', () => {
  it('are made, filled, renamed, emptied and deleted', async () => {
    const made = (await graph()
      .api(`${p}/connectorGroups`)
      .post({ name: 'Berlin', region: 'asia' })) as Shown;
    expect(made).toMatchObject({
      name: 'Berlin',
      region: 'asia',
      isDefault: false,
      connectorGroupType: 'applicationProxy',
    });
    const connector = await idOf('/connectors', 'berlin-1');
    const members = () => list(`/connectorGroups/${made.id}/members`);
    await graph().api(`${p}/connectors/${connector}/memberOf/$ref`).post(refer('connectorGroups', made.id));
    const second = refer('connectors', await idOf('/connectors', 'berlin-2'));
    await graph().api(`${p}/connectorGroups/${made.id}/members/$ref`).post(second);
    expect((await members()).map(({ machineName }) => machineName)).toEqual(['berlin-1', 'berlin-2']);
    const renamed = await graph().api(`${p}/connectorGroups/${made.id}`).patch({ name: 'Berlin north' });
    expect(renamed.name).toBe('Berlin north');
    const gone = () => graph().api(`${p}/connectorGroups/${made.id}`).delete();
    await expect(gone()).rejects.toMatchObject({ statusCode: 400 });
    const standard = await idOf('/connectorGroups', 'Default');
    for (const { id } of await members())
      await graph().api(`${p}/connectors/${id}/memberOf/$ref`).post(refer('connectorGroups', standard));
    await gone();
    expect((await list('/connectorGroups')).map(({ name }) => name)).toEqual(['Default', 'Oslo']);
  });

  it('have names of their own, and a region that is chosen while they are empty', async () => {
    const oslo = await idOf('/connectorGroups', 'Oslo');
    const post = (body: object) => graph().api(`${p}/connectorGroups`).post(body);
    await expect(post({ name: 'oslo' })).rejects.toMatchObject({ statusCode: 409, code: 'Conflict' });
    await expect(post({ name: '' })).rejects.toMatchObject({ statusCode: 400 });
    await expect(post({ name: 'Tokyo', region: 'Japan' })).rejects.toMatchObject({ statusCode: 400 });
    const region = () => graph().api(`${p}/connectorGroups/${oslo}`).patch({ region: 'eur' });
    await expect(region()).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('region'),
    });
    const standard = refer('connectorGroups', await idOf('/connectorGroups', 'Default'));
    await graph()
      .api(`${p}/connectors/${await idOf('/connectors', 'oslo-1')}/memberOf/$ref`)
      .post(standard);
    await expect(region()).rejects.toMatchObject({ statusCode: 400 });
    const [wiki] = await list(`/connectorGroups/${oslo}/applications`);
    await graph().api(`/applications/${wiki?.id}/connectorGroup/$ref`).put(standard);
    expect((await region()).region).toBe('eur');
  });

  it('keep the default one', async () => {
    const standard = await idOf('/connectorGroups', 'Default');
    const refused = graph().api(`${p}/connectorGroups/${standard}`).delete();
    await expect(refused).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('default'),
    });
  });
});

it('shows applications, the publishing profile, and keeps the updater configuration', async () => {
  const { value } = await graph().api('/applications').expand('connectorGroup').get();
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
  await graph().api(`${p}/hybridAgentUpdaterConfiguration`).patch({ updateWindow: window });
  expect((await graph().api(p).get()).hybridAgentUpdaterConfiguration.updateWindow).toEqual(window);
});

it('tells users what they are licensed for: what the tenant is', async () => {
  const user = graph(await tokenOf('mira@contoso.test', 'User.Read'));
  const licences = async () => (await user.api('/me/licenseDetails').version('v1.0').get()).value;
  expect(await licences()).toEqual([expect.objectContaining({ skuPartNumber: 'AAD_PREMIUM' })]);
  await lab.change({ ...site, tenant: { ...site.tenant, licence: 'free' } });
  expect(await licences()).toEqual([]);
});

describe('is refused', () => {
  const refusal = (status: number, code: string) => ({ statusCode: status, code });

  it('to whoever is not an administrator with enough permission', async () => {
    const get = (accessToken: string) => graph(accessToken).api(`${p}/connectors`).get();
    await expect(get('x.y.z')).rejects.toMatchObject(refusal(401, 'InvalidAuthenticationToken'));
    const little = await tokenOf('admin@contoso.test', 'User.Read');
    await expect(get(little)).rejects.toMatchObject(refusal(403, 'Authorization_RequestDenied'));
    const user = await tokenOf('mira@contoso.test', 'Directory.AccessAsUser.All');
    await expect(get(user)).rejects.toMatchObject(refusal(403, 'Authorization_RequestDenied'));
    expect((await graph(user).api('/me').get()).userPrincipalName).toBe('mira@contoso.test');
  });

  it('to programs alone, as documented', async () => {
    const client = new ConfidentialClientApplication({
      auth: { clientId: daemon.id, clientSecret: daemon.secret, authority },
      system: { networkClient: msalNetwork(send) },
    });
    const own = await client.acquireTokenByClientCredential({
      scopes: ['https://graph.microsoft.com/.default'],
    });
    const refused = graph(own?.accessToken).api(`${p}/connectors`).get();
    await expect(refused).rejects.toMatchObject(refusal(403, 'Authorization_RequestDenied'));
  });

  it('with a token that has expired', async () => {
    const old = await tokenOf('admin@contoso.test', 'Directory.AccessAsUser.All');
    await lab.clock.advance(hour);
    const refused = graph(old).api(`${p}/connectors`).get();
    await expect(refused).rejects.toMatchObject(refusal(401, 'InvalidAuthenticationToken'));
    token = await tokenOf('admin@contoso.test', 'Directory.AccessAsUser.All');
    await expect(list('/connectors')).resolves.toHaveLength(3);
  });

  it.each([
    ['GET', `/beta${p}/connectors/11111111-1111-4111-8111-111111111111`, 404, 'Request_ResourceNotFound'],
    ['GET', `/beta${p}/connectors?$orderby=id`, 400, 'BadRequest'],
    ['GET', `/beta${p}/connectors?$select=secret`, 400, 'BadRequest'],
    ['GET', `/beta${p}/connectors?$filter=contains(id,'x')`, 400, 'BadRequest'],
    ['GET', `/beta${p}/printers`, 400, 'BadRequest'],
    ['GET', `/v1.0${p}/connectors`, 400, 'BadRequest'],
    ['DELETE', `/beta${p}/connectors`, 405, 'Request_BadRequest'],
    ['POST', `/beta${p}/connectorGroups`, 400, 'BadRequest'],
  ])('%s %s: %i', async (method, path, status, code) => {
    const headers = { authorization: `Bearer ${token}`, 'client-request-id': 'of-mine' };
    const answer = await send(`https://graph.microsoft.com${path}`, { method, headers });
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
    await lab.change({ ...site, cloud });
    const refused = graph().api(`${p}/connectors`).get();
    await expect(refused).rejects.toMatchObject({ statusCode: 429 });
    const answer = await send(`https://graph.microsoft.com/beta${p}/connectors`);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
