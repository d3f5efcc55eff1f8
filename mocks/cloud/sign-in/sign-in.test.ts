import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect as tlsConnect } from 'node:tls';
import {
  CryptoProvider,
  type INetworkModule,
  type NetworkResponse,
  PublicClientApplication,
} from '@azure/msal-node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Fabric } from '../../../harness/engines/embedded/fabric.js';
import { Network } from '../../../harness/engines/embedded/network.js';
import { SocketPairs } from '../../../harness/engines/embedded/socket-pair.js';
import { LabClock } from '../../../harness/engines/parts/lab-clock.js';
import { documentedSite } from '../../../harness/site/documented.js';
import { Pki } from '../../pki/pki.js';
import { toPem } from '../../pki/x509.js';
import { connectorClientId, registrationScope } from '../../protocol/oauth.js';
import { Cloud } from '../cloud.js';

/** Microsoft's own sign-in library against our sign-in service, over the lab's names and certificates. */
const site = documentedSite();
const authority = `https://login.microsoftonline.com/${site.tenant.id}`;
let fabric: Fabric;
let cloud: Cloud;
let network: Network;
let pki: Pki;

beforeAll(async () => {
  const now = Date.now();
  pki = await Pki.create(now);
  fabric = new Fabric(await SocketPairs.open());
  network = new Network({ fabric, clock: new LabClock(now), emit: () => 'e' }, site);
  cloud = await Cloud.start({ stack: network.internet('cloud'), site, pki });
  await network.install(site, cloud.zone, undefined);
});
afterAll(async () => {
  await fabric[Symbol.asyncDispose]();
  await cloud[Symbol.asyncDispose]();
});

async function send(address: string, method: string, headers: Record<string, string> = {}, body?: string) {
  const url = new URL(address);
  const { socket } = await network.server('app-proxy-01').connect({ host: url.hostname, port: 443 });
  const secure = tlsConnect({ socket, servername: url.hostname, ca: pki.roots.map(({ der }) => toPem(der)) });
  await once(secure, 'secureConnect');
  const path = url.pathname + url.search;
  const request = httpRequest({
    createConnection: () => secure,
    method,
    path,
    headers: { ...headers, host: url.host, connection: 'close' },
  });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() };
}

const networkClient: INetworkModule = {
  sendGetRequestAsync: (url, options) => ask(url, 'GET', options?.headers),
  sendPostRequestAsync: (url, options) => ask(url, 'POST', options?.headers, options?.body),
};

async function ask<T>(
  url: string,
  method: string,
  headers?: Record<string, string>,
  body?: string,
): Promise<NetworkResponse<T>> {
  const { status, text } = await send(url, method, headers, body);
  return { status, headers: {}, body: JSON.parse(text) as T };
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
  const page = (await send(url, 'GET')).text;
  const ctx = /name="ctx" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const form = new URLSearchParams({ loginfmt: name, passwd: 'x', ctx }).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const reply = await send('https://login.microsoftonline.com/common/login', 'POST', type, form);
  return (JSON.parse(reply.text) as { code: string }).code;
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
