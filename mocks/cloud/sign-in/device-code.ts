import { deviceCodePath } from '../../protocol/sign-in-page.js';
import type { CloudContext, CloudReply } from '../service.js';
import type { Authority } from './accounts.js';
import { findClient } from './clients.js';
import { type DeviceSignIn, newUserCode, type SignInMemory } from './memory.js';
import { noStore, SignInRefusal } from './refusal.js';
import { readScope } from './scopes.js';

/** How often a device may ask, seconds (the documented default). */
const pollSeconds = 5;

/** A device asks for a code that somebody types elsewhere. @throws SignInRefusal */
export function deviceAuthorization(
  context: CloudContext,
  memory: SignInMemory,
  authority: Authority,
  form: URLSearchParams,
): CloudReply {
  const site = context.site();
  const client = findClient(form.get('client_id'), site, context.names());
  const scope = readScope(form.get('scope') ?? '', site, context.names());
  const device: DeviceSignIn = { client, scope, authority, state: 'pending' };
  const userCode = memory.userCodes.put(device, newUserCode());
  // The real page has an address below microsoft.com that only leads here.
  const page = `https://${context.names().authority}${deviceCodePath}`;
  const body = {
    user_code: userCode,
    device_code: memory.devices.put(device),
    verification_uri: page,
    expires_in: memory.devices.lifetime / 1000,
    interval: pollSeconds,
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
  };
  return { status: 200, headers: noStore, body: JSON.stringify(body) };
}

/** Who has signed in for a device. @throws SignInRefusal as long as nobody has */
export function deviceUser(memory: SignInMemory, clientId: string, code: string): DeviceSignIn & Approved {
  const device = memory.devices.find(code);
  if (device === 'expired')
    throw new SignInRefusal(
      'expired_token',
      70020,
      "The provided value for the input parameter 'device_code' is not valid. This device code has expired",
    );
  if (!device || device.client.id !== clientId)
    throw new SignInRefusal(
      'invalid_grant',
      70018,
      'Invalid verification code. The device code is unknown or was redeemed before',
    );
  const { state } = device;
  if (state === 'pending')
    throw new SignInRefusal(
      'authorization_pending',
      70016,
      'OAuth 2.0 device flow error. Authorization is pending. Continue polling',
    );
  if (state === 'declined')
    throw new SignInRefusal('authorization_declined', 65004, 'User declined to sign in');
  memory.devices.forget(code);
  return { ...device, state };
}

interface Approved {
  state: Exclude<DeviceSignIn['state'], string>;
}
