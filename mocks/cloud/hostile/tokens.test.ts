import { createHmac, sign } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { documentedSite } from '../../../model/site/documented.js';
import { idOf, roleTemplates } from '../../protocol/directory-ids.js';
import { serviceNames } from '../../protocol/names.js';
import { registrationResource } from '../../protocol/oauth.js';
import { labFetch } from '../../testing/lab-fetch.js';
import { type OpenCloud, openCloud } from '../../testing/open-cloud.js';
import { type Claims, makeToken, readToken } from '../token.js';
import { leastGrowth, many } from './many.js';

/** Tokens that look like ours and are not, or are ours for somebody else (RFC 8725). */
const application = {
  name: 'Intranet',
  external: 'https://intranet-contoso.msappproxy.net/',
  internal: 'http://intranet.contoso.test/',
};
const site = documentedSite({ applications: [application] });
const names = serviceNames(site);
let lab: OpenCloud;
beforeEach(async () => {
  lab = await openCloud(site);
});
afterEach(() => lab[Symbol.asyncDispose]());

const seconds = () => Math.floor(lab.clock.now() / 1000);
function claims(more: Partial<Claims> = {}): Claims {
  const iss = `https://${names.authority}/${site.tenant.id}/v2.0`;
  const person = { iss, tid: site.tenant.id, azp: 'x', oid: 'x', upn: 'admin@contoso.test' };
  const rights = { scp: 'Directory.AccessAsUser.All', wids: [roleTemplates['global-administrator']] };
  const times = { nbf: seconds(), exp: seconds() + 600 };
  return { ...person, ...rights, ...times, aud: `https://${names.graph}`, ...more };
}
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const good = (more?: Partial<Claims>) => makeToken(claims(more), lab.pki.tokenKey);

/** A token with a header of somebody else's, signed as he likes. */
function forged(header: object, signed: (text: string) => string): string {
  const text = `${part(header)}.${part(claims())}`;
  return `${text}.${signed(text)}`;
}
const publicPem = () => lab.pki.tokenKey.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const byPublicKey = (text: string) => createHmac('sha256', publicPem()).update(text).digest('base64url');
const byOurKey = (text: string) =>
  sign('RSA-SHA256', Buffer.from(text), lab.pki.tokenKey.privateKey).toString('base64url');

const forgeries: [string, () => string][] = [
  ['no algorithm', () => forged({ alg: 'none', kid: lab.pki.tokenKey.id }, () => '')],
  ['no algorithm, in other letters', () => forged({ alg: 'nOnE' }, () => '')],
  ['no algorithm, and our signature', () => forged({ alg: 'none', kid: lab.pki.tokenKey.id }, byOurKey)],
  ['HMAC with the public key', () => forged({ alg: 'HS256', kid: lab.pki.tokenKey.id }, byPublicKey)],
  ['HMAC under the name of RSA', () => forged({ alg: 'RS256', kid: lab.pki.tokenKey.id }, byPublicKey)],
  ['a key that is a path', () => forged({ alg: 'RS256', kid: '../../dev/null' }, () => '')],
  ['a key that is a query', () => forged({ alg: 'RS256', kid: "x' UNION SELECT 'key" }, byOurKey)],
  ['a key that every object has', () => forged({ alg: 'RS256', kid: '__proto__' }, byOurKey)],
  ['a key of its own', () => forged({ alg: 'RS256', jwk: { kty: 'oct', k: 'AA' } }, byPublicKey)],
  ['a key somewhere else', () => forged({ alg: 'RS256', jku: 'https://evil.test/keys' }, byPublicKey)],
  ['a good head and body, unsigned', () => `${good().split('.').slice(0, 2).join('.')}.`],
  ['the signature of another one', () => swapped()],
  ['one part more', () => `${good()}.e30`],
  ['a megabyte', () => `${'a'.repeat(1_000_000)}.e30.AA`],
];
function swapped(): string {
  const [head, , signature] = good({ wids: [] }).split('.');
  return [head, part(claims()), signature].join('.');
}

it.each(forgeries)('%s is no token', (_, token) => {
  const read = (text: string) => readToken(text, lab.pki.tokenKey, lab.clock.now());
  expect(read(good())).toMatchObject({ upn: 'admin@contoso.test' });
  expect(read(token())).toBeUndefined();
});

it('one that is over, or not good yet, is none', () => {
  const read = (more: Partial<Claims>) => readToken(good(more), lab.pki.tokenKey, lab.clock.now());
  expect(read({ exp: seconds() })).toBeUndefined();
  expect(read({ nbf: seconds() + 60 })).toBeUndefined();
});

it('one for somebody else, or of another directory, opens nothing', async () => {
  const fetch = labFetch(lab.dialer(), lab.trust);
  const graph = `https://${names.graph}/beta/onPremisesPublishingProfiles/applicationProxy/connectors`;
  const agents = `https://${names.administration}/onPremisesPublishingProfiles('applicationProxy')/agents`;
  const bearer = async (url: string, token: string) =>
    (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status;
  const cookie = async (token: string) =>
    (await fetch(application.external, { headers: { cookie: `AzureAppProxyAccessCookie=${token}` } })).status;
  const own = idOf('application', application.name);
  const elsewhere = { tid: '11111111-1111-4111-8111-111111111111' };
  // The control: with the right ones they open. Nobody serves the application, which is asked for all the same.
  expect(await bearer(graph, good())).toBe(200);
  expect(await bearer(agents, good({ aud: registrationResource }))).toBe(200);
  expect(await cookie(good({ aud: own }))).toBe(504);

  for (const wrong of [{ aud: registrationResource }, { aud: own }, elsewhere])
    expect(await bearer(graph, good(wrong)), JSON.stringify(wrong)).toBe(401);
  for (const wrong of [{}, { aud: own }, { aud: registrationResource, ...elsewhere }])
    expect(await bearer(agents, good(wrong)), JSON.stringify(wrong)).toBe(401);
  for (const wrong of [
    { aud: registrationResource },
    { aud: idOf('application', 'Another') },
    { aud: own, ...elsewhere },
  ])
    expect(await cookie(good(wrong)), JSON.stringify(wrong)).toBe(302);
});

it('over and over, each leaves nothing', async () => {
  const tokens = forgeries.map(([, token]) => token());
  const now = lab.clock.now();
  const all = () => tokens.map((token) => readToken(token, lab.pki.tokenKey, now));
  const often = () => {
    for (let count = 0; count < many; count++) all();
  };
  expect(await leastGrowth(often)).toBeLessThan(5);
  expect(readToken(good(), lab.pki.tokenKey, now)).toBeDefined();
});
