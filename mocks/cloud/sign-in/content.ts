import type { Service } from '../service.js';
import { pageParts } from './parts.js';

/** Scripts, styles and pictures of the sign-in page. */
export const content: Service = {
  name: 'content',
  hosts: ({ signInParts }, { cloud }) => [
    // The public cloud's own page, beside a government's.
    ...(cloud.environment === 'public'
      ? []
      : [{ name: 'secure.stage.microsoftonline-p.com', block: 'sign-in' } as const]),
    ...signInParts.map(
      ({ host }) =>
        ({ name: host, block: 'content', chain: [`${host.split('.')[0]}-edge.azureedge.net`] }) as const,
    ),
  ],
  answer:
    () =>
    ({ url }) => {
      const file = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
      const part = Object.hasOwn(pageParts, file) ? pageParts[file] : undefined;
      if (!part) return { status: 404 };
      return {
        status: 200,
        headers: { 'Content-Type': part.type, 'X-Content-Type-Options': 'nosniff' },
        body: part.body,
      };
    },
};
