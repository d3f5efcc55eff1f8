// Signing in: authorisation code with PKCE, as programs in a page do.
import { settings } from './settings.js';

/** @param {string} name */
const endpoint = (name) => `${settings.authority}/oauth2/v2.0/${name}`;
/** @param {ArrayBuffer | Uint8Array<ArrayBuffer>} bytes */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** Leaves the page for the sign-in page. */
export async function signIn() {
  const verifier = random();
  const state = random();
  sessionStorage.setItem('asked', JSON.stringify({ verifier, state }));
  const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  const asked = new URLSearchParams({
    client_id: settings.client,
    response_type: 'code',
    redirect_uri: settings.redirect,
    scope: `${settings.graph}/Directory.AccessAsUser.All openid profile`,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state,
  });
  location.assign(`${endpoint('authorize')}?${asked}`);
}

export function signOut() {
  sessionStorage.clear();
  location.assign(endpoint('logout'));
}

/**
 * Who is signed in; nothing where nobody is. Takes the code that a sign-in has brought back.
 * @returns {Promise<{ name: string, token: string } | null>}
 */
export async function account() {
  const brought = new URLSearchParams(location.search);
  const code = brought.get('code');
  const error = brought.has('error');
  if (code !== null || error) {
    const asked = JSON.parse(sessionStorage.getItem('asked') ?? '{}');
    history.replaceState(null, '', '/');
    sessionStorage.removeItem('asked');
    if (brought.get('state') !== asked.state) throw new Error('This sign-in was not begun here.');
    if (error) throw new Error(brought.get('error_description') ?? 'Signing in failed.');
    await redeem(code ?? '', asked.verifier);
  }
  return JSON.parse(sessionStorage.getItem('account') ?? 'null');
}

/**
 * @param {string} code
 * @param {string} verifier
 */
async function redeem(code, verifier) {
  const body = new URLSearchParams({
    client_id: settings.client,
    grant_type: 'authorization_code',
    redirect_uri: settings.redirect,
    code,
    code_verifier: verifier,
  });
  const answer = await (await fetch(endpoint('token'), { method: 'POST', body })).json();
  if (!answer.access_token) throw new Error(answer.error_description);
  const claims = JSON.parse(atob(answer.id_token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
  sessionStorage.setItem(
    'account',
    JSON.stringify({ name: claims.preferred_username, token: answer.access_token }),
  );
}
