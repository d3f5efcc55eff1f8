import { CryptoProvider, PublicClientApplication } from '@azure/msal-node';
import { Client } from '@microsoft/microsoft-graph-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { graphToolsClientId } from '../../../mocks/cloud/sign-in/clients.js';
import { signInAt } from '../../../mocks/cloud/sign-in/testing.js';
import { connectorClientId, registrationScope } from '../../../mocks/protocol/oauth.js';
import type { LabFetch } from '../../../mocks/testing/lab-fetch.js';
import { type InLab, server, site } from './in-lab.js';

const authority = `https://login.microsoftonline.com/${site.tenant.id}`;
const permission = 'https://graph.microsoft.com/Directory.AccessAsUser.All';
const p = '/onPremisesPublishingProfiles/applicationProxy';

/** Microsoft's libraries as they are: MSAL's network client and Graph's handlers send by `fetch`. */
export function microsoft(inLab: () => InLab): void {
  beforeEach(() => vi.stubGlobal('fetch', inLab().fetch));
  afterEach(() => vi.unstubAllGlobals());

  const application = (clientId: string) => new PublicClientApplication({ auth: { clientId, authority } });

  /** By code with PKCE, as somebody signs in on the page. */
  async function byCode(clientId: string, scope: string, redirectUri: string) {
    const client = application(clientId);
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const asked = { scopes: [scope], redirectUri };
    const url = await client.getAuthCodeUrl({
      ...asked,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
    });
    const back = (await signInAt(inLab().fetch, url, 'admin@contoso.test')) as URL;
    const code = back.searchParams.get('code') ?? '';
    return client.acquireTokenByCode({ ...asked, code, codeVerifier: verifier });
  }

  describe('MSAL, by its own network client', () => {
    it('gets a token by code, and another without asking', async () => {
      const client = application(connectorClientId);
      const redirectUri = 'https://login.microsoftonline.com/common/oauth2/nativeclient';
      const token = await byCode(connectorClientId, registrationScope, redirectUri);
      expect(token).toMatchObject({ tenantId: site.tenant.id, account: { username: 'admin@contoso.test' } });
      const wrong = { scopes: [registrationScope], redirectUri, code: 'wrong' };
      await expect(client.acquireTokenByCode(wrong)).rejects.toMatchObject({ errorCode: 'invalid_grant' });
    });

    it('gets a token by device code, once somebody has typed it and signed in', async () => {
      const { fetch } = inLab();
      let approve: () => Promise<unknown> = async () => {};
      let asked = 0;
      const patient: LabFetch = async (url, init) => {
        if (String(url).includes('/token') && ++asked === 2) await approve();
        const answer = await fetch(url, init);
        if (!String(url).includes('/devicecode')) return answer;
        // Nothing is gained by waiting between two questions.
        return Response.json({ ...((await answer.json()) as object), interval: 0.001 });
      };
      vi.stubGlobal('fetch', patient);
      const token = await application(connectorClientId).acquireTokenByDeviceCode({
        scopes: [registrationScope],
        deviceCodeCallback: ({ userCode, verificationUri }) => {
          const typed: LabFetch = (url, init) =>
            String(url) === verificationUri
              ? fetch(url, { method: 'POST', body: new URLSearchParams({ otc: userCode }) })
              : fetch(url, init);
          approve = async () =>
            expect(await signInAt(typed, verificationUri, 'admin@contoso.test')).toBe('done');
        },
      });
      expect(asked).toBeGreaterThan(1);
      expect(token?.account?.username).toBe('admin@contoso.test');
    });
  });

  it('Graph’s library lists, creates, moves and deletes', async () => {
    const { accessToken } = await byCode(graphToolsClientId, permission, 'http://localhost:8400');
    const graph = Client.init({ authProvider: (done) => done(null, accessToken), defaultVersion: 'beta' });
    const named = async (path: string): Promise<{ id: string; name: string; machineName: string }[]> =>
      (await graph.api(p + path).get()).value;
    const refer = (group: string) => ({
      '@odata.id': `https://graph.microsoft.com/beta${p}/connectorGroups/${group}`,
    });
    const connector = (await named('/connectors')).find(({ machineName }) => machineName === server)?.id;
    const [standard] = await named('/connectorGroups');
    expect([standard?.name, connector]).toEqual(['Default', expect.any(String)]);
    const made = await graph.api(`${p}/connectorGroups`).post({ name: 'Oslo', region: 'nam' });
    const move = (to: string) => graph.api(`${p}/connectors/${connector}/memberOf/$ref`).post(refer(to));
    await move(made.id);
    expect(
      (await named(`/connectorGroups/${made.id}/members`)).map(({ machineName }) => machineName),
    ).toEqual([server]);
    const remove = () => graph.api(`${p}/connectorGroups/${made.id}`).delete();
    await expect(remove()).rejects.toMatchObject({ statusCode: 400 });
    await move(standard?.id ?? '');
    await remove();
    expect((await named('/connectorGroups')).map(({ name }) => name)).toEqual(['Default']);
    const nobody = Client.init({ authProvider: (done) => done(null, 'x.y.z'), defaultVersion: 'beta' });
    await expect(nobody.api(`${p}/connectors`).get()).rejects.toMatchObject({ statusCode: 401 });
  });
}
