import type { INetworkModule } from '@azure/msal-node';
import {
  confirmationSchema,
  decodePageState,
  loginPath,
  type PageState,
  secondFactorPath,
} from '../../protocol/sign-in-page.js';

/** For tests: `fetch` over some machine of a lab. */
type Fetch = (address: string | URL, init?: RequestInit) => Promise<Response>;

/** How MSAL sends its requests in a lab: it has no other way to be given a network. */
export function msalNetwork(send: Fetch): INetworkModule {
  async function ask<T>(url: string, init: RequestInit) {
    const answer = await send(url, init);
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: (await answer.json()) as T,
    };
  }
  return {
    sendGetRequestAsync: (url, options) => ask(url, { headers: options?.headers }),
    sendPostRequestAsync: (url, options) =>
      ask(url, { method: 'POST', headers: options?.headers, body: options?.body }),
  };
}

/**
 * What somebody does in a browser, from an address that opens the sign-in page to where the service
 * sends them in the end. @throws Error with what the page says instead
 */
export async function signInAt(
  send: Fetch,
  url: string,
  name: string,
  password = 'lab',
): Promise<URL | string> {
  const origin = new URL(url).origin;
  const post = (path: string, fields: Record<string, string>) =>
    send(`${origin}${path}`, { method: 'POST', body: new URLSearchParams(fields) });
  const { ctx = '' } = await shown(await send(url));
  let answer = await post(loginPath, { ctx, loginfmt: name, passwd: password });
  const page = answer.status === 302 ? undefined : await shown(answer.clone());
  if (page?.confirm) {
    const { proof = '' } = confirmationSchema.parse(await (await send(page.confirm)).json());
    answer = await post(secondFactorPath, { ctx, proof });
  }
  const location = answer.headers.get('location');
  return location ? new URL(location) : (await shown(answer)).step;
}

async function shown(answer: Response): Promise<PageState> {
  const state = decodePageState(await answer.text());
  if (state.error) throw new Error(state.error.text);
  return state;
}
