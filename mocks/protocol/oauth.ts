import { z } from 'zod';

/** Public client of the connector's installer, and the scope it asks for (connector-facts 1.2). */
export const connectorClientId = '55747057-9b5d-4bd4-b387-abf52a8bd489';
export const registrationScope = 'https://proxy.cloudwebappproxy.net/registerapp/user_impersonation';

export const tokenReplySchema = z.object({
  token_type: z.literal('Bearer'),
  expires_in: z.number(),
  access_token: z.string(),
});

/** The sign-in service's own form of an error. */
export interface OauthError {
  error: string;
  error_description: string;
  error_codes: number[];
}

export function oauthError(error: string, code: number, text: string): OauthError {
  return { error, error_description: `AADSTS${code}: ${text}`, error_codes: [code] };
}
