import {
  ConfidentialClientApplication,
  CryptoProvider,
  InteractionRequiredAuthError,
  PublicClientApplication,
} from '@azure/msal-node';
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentedSite } from '../../../model/site/documented.js';
import { connectorClientId, registrationResource, registrationScope } from '../../protocol/oauth.js';
import { type LabFetch, labFetch } from '../../testing/lab-fetch.js';
import { type OpenCloud, openCloud } from '../../testing/open-cloud.js';
import { msalNetwork, signInAt } from './testing.js';

/** Microsoft's own sign-in library against our sign-in service, over the lab's names and certificates. */
const daemon = { id: '0f1e2d3c-4b5a-4697-8877-66554433aa01', name: 'Nightly job', secret: 'a secret' };
const site = documentedSite({
  tenant: {
    clients: [daemon],
    users: [
      { name: 'admin@contoso.test', roles: ['global-administrator'] },
      { name: 'mira@contoso.test' },
      { name: 'noor@contoso.test', 'second-factor': 'deny' },
    ],
  },
});
const host = 'https://login.microsoftonline.com';
const redirectUri = `${host}/common/oauth2/nativeclient`;
const scopes = [registrationScope];
const hour = 3_600_000;
let lab: OpenCloud;
let send: LabFetch;

beforeAll(async () => {
  lab = await openCloud(site);
  send = labFetch(lab.dialer('app-proxy-01'), lab.trust);
});
afterAll(() => lab[Symbol.asyncDispose]());

function msal(tenant = site.tenant.id, clientId = connectorClientId) {
  const system = { networkClient: msalNetwork(send) };
  return new PublicClientApplication({ auth: { clientId, authority: `${host}/${tenant}` }, system });
}

/** A code as a browser brings it back, and its verifier. */
async function codeFor(name: string, client = msal()) {
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const url = await client.getAuthCodeUrl({
    scopes,
    redirectUri,
    state: 'of mine',
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
  });
  const back = (await signInAt(send, url, name)) as URL;
  expect(back.origin + back.pathname).toBe(redirectUri);
  expect(back.searchParams.get('state')).toBe('of mine');
  return { code: back.searchParams.get('code') ?? '', codeVerifier: verifier, redirectUri, scopes };
}

const aadsts = (code: number) => ({ errorMessage: expect.stringContaining(`AADSTS${code}: `) });

describe('a code', () => {
  it.each([site.tenant.id, site.tenant.domain, 'common', 'organizations'])(
    'becomes a token, and that a newer one, at %s',
    async (tenant) => {
      const client = msal(tenant);
      const first = await client.acquireTokenByCode(await codeFor('admin@contoso.test', client));
      expect(first).toMatchObject({ tenantId: site.tenant.id, account: { username: 'admin@contoso.test' } });
      if (!first.account) throw new Error('no account');
      const silent = { scopes, account: first.account };
      expect((await client.acquireTokenSilent(silent)).accessToken).toBe(first.accessToken);
      await lab.clock.advance(hour);
      const second = await client.acquireTokenSilent({ ...silent, forceRefresh: true });
      expect(second.fromCache).toBe(false);
      expect(second.accessToken).not.toBe(first.accessToken);
    },
  );

  it('is good once, with its verifier, for ten minutes', async () => {
    const request = await codeFor('mira@contoso.test');
    const wrong = { ...request, codeVerifier: 'wrong'.repeat(10) };
    await expect(msal().acquireTokenByCode(wrong)).rejects.toMatchObject(aadsts(501481));
    await expect(msal().acquireTokenByCode(request)).resolves.toBeDefined();
    await expect(msal().acquireTokenByCode(request)).rejects.toMatchObject(aadsts(54005));
    const late = await codeFor('mira@contoso.test');
    await lab.clock.advance(hour);
    await expect(msal().acquireTokenByCode(late)).rejects.toMatchObject({
      errorCode: 'invalid_grant',
      ...aadsts(70008),
    });
  });

  it('is refused to a refresh token that nobody used for 90 days', async () => {
    const client = msal();
    const { account } = await client.acquireTokenByCode(await codeFor('mira@contoso.test', client));
    if (!account) throw new Error('no account');
    await lab.clock.advance(91 * 24 * hour);
    const silent = client.acquireTokenSilent({ scopes, account, forceRefresh: true });
    await expect(silent).rejects.toMatchObject(aadsts(700082));
  });
});

describe('the page', () => {
  const url = () => msal().getAuthCodeUrl({ scopes, redirectUri });
  it.each([
    ['admin@contoso.test', 'wrong', 50126],
    ['nobody@contoso.test', 'lab', 50034],
    ['noor@contoso.test', 'lab', 500121],
  ])('refuses %s with password %s: AADSTS%i', async (name, password, code) => {
    await expect(signInAt(send, await url(), name, password)).rejects.toThrow(`AADSTS${code}:`);
  });

  it.each([
    ['/nowhere.test/oauth2/v2.0/authorize', 90002],
    ['/common/oauth2/v2.0/authorize', 900144],
    ['/common/oauth2/v2.0/authorize?client_id=0', 700016],
    [`/common/oauth2/v2.0/authorize?client_id=${connectorClientId}&redirect_uri=https://a.test/`, 50011],
  ])('shows what is wrong with %s: AADSTS%i', async (path, code) => {
    await expect(signInAt(send, host + path, 'mira@contoso.test')).rejects.toThrow(`AADSTS${code}:`);
  });

  it('gives no code for a proof that the second factor did not give', async () => {
    const page = await (await send(await url())).text();
    const ctx = /name="ctx" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const post = (path: string, fields: object) =>
      send(host + path, { method: 'POST', body: new URLSearchParams({ ctx, ...fields }) });
    await post('/common/login', { loginfmt: 'admin@contoso.test', passwd: 'lab' });
    for (const proof of ['', 'undefined', 'x']) {
      const answer = await post('/common/SAS/ProcessAuth', { proof });
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('AADSTS500121')]);
    }
  });

  it('sends what a silent request lacks back to the program', async () => {
    const answer = await send(await msal().getAuthCodeUrl({ scopes, redirectUri, prompt: 'none' }));
    expect(new URL(answer.headers.get('location') ?? '').searchParams.get('error')).toBe('login_required');
  });
});

describe('a device code', () => {
  /** Everything that MSAL does while somebody does `meanwhile` with the code. It asks once before. */
  function byDevice(meanwhile: (userCode: string, page: string) => Promise<unknown>) {
    let first = true;
    let waiting: () => Promise<unknown> = async () => {};
    const patient: LabFetch = async (url, init) => {
      if (String(url).includes('/token') && !first) await waiting();
      if (String(url).includes('/token')) first = false;
      const answer = await send(url, init);
      if (!String(url).includes('/devicecode')) return answer;
      // The lab's clock is not this computer's: nothing is gained by waiting between two questions.
      return Response.json({ ...((await answer.json()) as object), interval: 0.001 });
    };
    const client = new PublicClientApplication({
      auth: { clientId: connectorClientId, authority: `${host}/organizations` },
      system: { networkClient: msalNetwork(patient) },
    });
    return client.acquireTokenByDeviceCode({
      scopes,
      deviceCodeCallback: ({ userCode, verificationUri }) => {
        waiting = () => meanwhile(userCode, verificationUri);
      },
    });
  }

  /** Types the code, signs in. */
  async function approve(otc: string, page: string): Promise<unknown> {
    const typed: LabFetch = (url, init) =>
      String(url) === page
        ? send(page, { method: 'POST', body: new URLSearchParams({ otc }) })
        : send(url, init);
    return signInAt(typed, page, 'admin@contoso.test');
  }

  it('becomes a token once somebody has signed in with it', async () => {
    const token = await byDevice(async (code, page) => expect(await approve(code, page)).toBe('done'));
    expect(token?.account?.username).toBe('admin@contoso.test');
  });

  it('is refused when nobody came in time, and when it is wrong', async () => {
    const late = byDevice(async (code, page) => {
      await expect(approve('WRONGCODE', page)).rejects.toThrow('AADSTS70018:');
      await lab.clock.advance(hour);
      await expect(approve(code, page)).rejects.toThrow('AADSTS70019:');
    });
    await expect(late).rejects.toMatchObject({ errorMessage: 'expired_token' });
  });

  it('is refused when somebody declines', async () => {
    const declined = byDevice(async (otc, page) => {
      const typed = await (await send(page, { method: 'POST', body: new URLSearchParams({ otc }) })).text();
      const ctx = /name="ctx" value="([^"]+)"/.exec(typed)?.[1] ?? '';
      const body = new URLSearchParams({ ctx, cancel: '1' });
      await send(`${host}/common/login`, { method: 'POST', body });
    });
    await expect(declined).rejects.toMatchObject({ errorMessage: 'authorization_declined' });
  });
});

describe('a password', () => {
  const by = (username: string, password: string, tenant = 'organizations') =>
    msal(tenant).acquireTokenByUsernamePassword({ scopes, username, password });

  it('becomes a token', async () => {
    expect((await by('mira@contoso.test', 'lab'))?.account?.username).toBe('mira@contoso.test');
  });

  it.each([
    ['mira@contoso.test', 'wrong', 'organizations', 50126],
    ['who@contoso.test', 'lab', 'organizations', 50034],
    ['who@fabrikam.test', 'lab', 'organizations', 50059],
    ['who@fabrikam.test', 'lab', 'contoso.test', 50034],
    ['mira@contoso.test', 'lab', 'common', 9001023],
    ['mira@contoso.test', 'lab', '11111111-1111-4111-8111-111111111111', 90002],
  ])('of %s, %s, at %s is refused: AADSTS%i', async (name, password, tenant, code) => {
    await expect(by(name, password, tenant)).rejects.toMatchObject(aadsts(code));
  });

  it('is not enough for an administrator', async () => {
    const refused = by('admin@contoso.test', 'lab');
    await expect(refused).rejects.toBeInstanceOf(InteractionRequiredAuthError);
    await expect(refused).rejects.toMatchObject(aadsts(50076));
  });
});

describe('a secret', () => {
  const by = (clientSecret: string, scope = 'https://graph.microsoft.com/.default') =>
    new ConfidentialClientApplication({
      auth: { clientId: daemon.id, clientSecret, authority: `${host}/${site.tenant.id}` },
      system: { networkClient: msalNetwork(send) },
    }).acquireTokenByClientCredential({ scopes: [scope] });

  it('becomes a token without a user', async () => {
    expect(await by(daemon.secret)).toMatchObject({ account: null, accessToken: expect.any(String) });
  });

  it('has to be the right one, for everything at once', async () => {
    await expect(by('another')).rejects.toMatchObject({ errorCode: 'invalid_client', ...aadsts(7000215) });
    await expect(by(daemon.secret, registrationScope)).rejects.toMatchObject(aadsts(1002012));
    await expect(by(daemon.secret, 'https://a.test/.default')).rejects.toMatchObject(aadsts(500011));
  });
});

it.each(['contoso.test', 'common'])(
  'tokens are good for whoever verifies them by the discovery of %s',
  async (at) => {
    const found = await (await send(`${host}/${at}/v2.0/.well-known/openid-configuration`)).json();
    const discovered = found as { jwks_uri: string; issuer: string };
    const issuer = discovered.issuer.replace('{tenantid}', site.tenant.id);
    const set = createRemoteJWKSet(new URL(discovered.jwks_uri), { [customFetch]: send });
    const token = await msal().acquireTokenByCode(await codeFor('mira@contoso.test'));
    const currentDate = new Date(lab.clock.now());
    const id = await jwtVerify(token.idToken, set, { issuer, audience: connectorClientId, currentDate });
    expect(id.payload).toMatchObject({ preferred_username: 'mira@contoso.test', tid: site.tenant.id });
    const access = { issuer, audience: registrationResource, currentDate };
    const { payload } = await jwtVerify(token.accessToken, set, access);
    expect(payload).toMatchObject({ scp: 'user_impersonation', wids: [] });
    const [head, , signature] = token.accessToken.split('.');
    const grown = { ...payload, wids: ['62e90394-69f5-4237-9190-012177145e10'] };
    const forged = `${head}.${Buffer.from(JSON.stringify(grown)).toString('base64url')}.${signature}`;
    await expect(jwtVerify(forged, set, access)).rejects.toThrow('signature verification failed');
  },
);

it('refuses in the documented form', async () => {
  const body = new URLSearchParams({ client_id: connectorClientId, grant_type: 'guess' });
  const url = `${host}/common/oauth2/v2.0/token`;
  const answer = await send(url, { method: 'POST', body, headers: { 'client-request-id': 'of mine' } });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('cache-control')).toContain('no-store');
  expect(await answer.json()).toEqual({
    error: 'unsupported_grant_type',
    error_description: expect.stringMatching(
      /^AADSTS70003: .+ Trace ID: \S+ Correlation ID: of mine Timestamp: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/,
    ),
    error_codes: [70003],
    timestamp: expect.any(String),
    trace_id: expect.any(String),
    correlation_id: 'of mine',
    error_uri: `${host}/error?code=70003`,
  });
});
