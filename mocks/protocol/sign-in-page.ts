import { z } from 'zod';
import { ProtocolError } from './xml.js';

/**
 * What the sign-in page tells the script that shows it, and simulated browsers that run none. The
 * real page has such an object too; the names in this one are ours.
 */
const pageState = z.object({
  step: z.enum(['account', 'second-factor', 'device-code', 'done', 'error']),
  /** Names the sign-in under way in the form that comes back. */
  ctx: z.string().optional(),
  /** Where the second factor is confirmed. */
  confirm: z.string().optional(),
  error: z.object({ code: z.number(), text: z.string() }).optional(),
});
export type PageState = z.infer<typeof pageState>;

/** Where the page's forms go. */
export const loginPath = '/common/login';
export const secondFactorPath = '/common/SAS/ProcessAuth';
export const deviceCodePath = '/common/oauth2/deviceauth';
/** Where the page asks whether the user has confirmed; on the second factor's host. */
export const confirmPath = '/pfd/Confirm';

/** What the second factor's host answers. `proof` goes to {@link secondFactorPath}. */
export const confirmationSchema = z.object({
  authenticationResult: z.boolean(),
  proof: z.string().optional(),
});

export function encodePageState(state: PageState): string {
  const text = JSON.stringify(state).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="state">${text}</script>`;
}

/** @throws ProtocolError where the page is not the sign-in page */
export function decodePageState(page: string): PageState {
  const text = /<script type="application\/json" id="state">([^<]*)<\/script>/.exec(page)?.[1];
  if (text === undefined) throw new ProtocolError('not the sign-in page');
  return pageState.parse(JSON.parse(text));
}

/** Addresses of everything that the page is made of and that comes from elsewhere. */
export function partsOf(page: string): string[] {
  return [...page.matchAll(/(?:src|href)="(https:[^"]+)"/g)].map(([, url = '']) => url);
}
