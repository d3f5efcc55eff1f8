import { z } from 'zod';

/** Public client of the connector's installer (connector-facts 1.2). */
export const connectorClientId = '55747057-9b5d-4bd4-b387-abf52a8bd489';
/** Where embedded browsers of native programs end a sign-in; a path of the authority. */
export const nativeClientPath = '/common/oauth2/nativeclient';

/** What a token for registration is for, and the scope that asks for it (connector-facts 1.2). */
export const registrationResource = 'https://proxy.cloudwebappproxy.net/registerapp';
export const registrationScope = `${registrationResource}/user_impersonation`;

export const tokenReplySchema = z.object({
  token_type: z.literal('Bearer'),
  expires_in: z.number(),
  access_token: z.string(),
});
