import { CryptoProvider, type INetworkModule, PublicClientApplication } from '@azure/msal-node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type LabFetch,
  labFetch,
  type OpenCloud,
  openCloud,
} from '../../../harness/engines/embedded/testing.js';
import { documentedSite } from '../../../harness/site/documented.js';
import { connectorClientId, registrationScope } from '../../protocol/oauth.js';

/** Microsoft's own sign-in library against our sign-in service, over the lab's names and certificates. */
const site = documentedSite();
const authority = `https://login.microsoftonline.com/${site.tenant.id}`;
let lab: OpenCloud;
let send: LabFetch;

beforeAll(async () => {
  lab = await openCloud(site);
  send = labFetch(lab.network.server('app-proxy-01'), lab.pki);
});
afterAll(() => lab[Symbol.asyncDispose]());

const networkClient: INetworkModule = {
  sendGetRequestAsync: (url, options) => ask(url, { headers: options?.headers }),
  sendPostRequestAsync: (url, options) =>
    ask(url, { method: 'POST', headers: options?.headers, body: options?.body }),
};

async function ask<T>(url: string, init: RequestInit) {
  const answer = await send(url, init);
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: (await answer.json()) as T,
  };
}

const msal = () =>
  new PublicClientApplication({
    auth: { clientId: connectorClientId, authority },
    system: { networkClient },
  });
const redirectUri = 'https://login.microsoftonline.com/common/oauth2/nativeclient';

/** What a browser does: load the page, send the form, take the code. */
async function codeFor(name: string, challenge: string): Promise<string> {
  const url = await msal().getAuthCodeUrl({
    scopes: [registrationScope],
    redirectUri,
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
  });
  const page = await (await send(url)).text();
  const ctx = /name="ctx" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const body = new URLSearchParams({ loginfmt: name, passwd: 'x', ctx });
  const reply = await send('https://login.microsoftonline.com/common/login', { method: 'POST', body });
  return ((await reply.json()) as { code: string }).code;
}

it('gives MSAL a token for a code with its verifier', async () => {
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const code = await codeFor('admin@contoso.test', challenge);
  const token = await msal().acquireTokenByCode({
    code,
    redirectUri,
    scopes: [registrationScope],
    codeVerifier: verifier,
  });
  expect(token.account?.username).toBe('admin@contoso.test');
  expect(token.tenantId).toBe(site.tenant.id);
  expect(token.accessToken.split('.')).toHaveLength(3);
});

it('refuses MSAL a wrong verifier, in the documented form', async () => {
  const { challenge } = await new CryptoProvider().generatePkceCodes();
  const code = await codeFor('admin@contoso.test', challenge);
  const wrong = msal().acquireTokenByCode({
    code,
    redirectUri,
    scopes: [registrationScope],
    codeVerifier: 'wrong'.repeat(10),
  });
  await expect(wrong).rejects.toMatchObject({
    errorCode: 'invalid_grant',
    errorMessage: expect.stringContaining('AADSTS50148'),
  });
});
