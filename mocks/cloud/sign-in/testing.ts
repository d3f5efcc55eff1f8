import type { INetworkModule } from '@azure/msal-node';
import { type Browse, signIn } from '../../users/sign-in.js';

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
 * Somebody signs in, from an address that opens the sign-in page to where the service sends them in the
 * end. @throws Error with what the page says instead
 */
export async function signInAt(
  send: Fetch,
  url: string,
  name: string,
  password = 'lab',
): Promise<URL | string> {
  const browse: Browse = async (address, fields) => {
    const answer = await send(address.href, fields && { method: 'POST', body: new URLSearchParams(fields) });
    const location = answer.headers.get('location');
    return { status: answer.status, body: await answer.text(), ...(location && { location }) };
  };
  const ended = await signIn(browse, new URL(url), { name, password });
  if (ended.at === 'refused') throw new Error(ended.text);
  return ended.at === 'program' ? ended.back : ended.step;
}
