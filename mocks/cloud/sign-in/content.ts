import type { Service } from '../service.js';
import { pageParts } from './parts.js';

/** Scripts, styles and pictures of the sign-in page. */
export const content: Service = ({ url }) => {
  const file = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  const part = Object.hasOwn(pageParts, file) ? pageParts[file] : undefined;
  if (!part) return { status: 404 };
  return {
    status: 200,
    headers: { 'Content-Type': part.type, 'X-Content-Type-Options': 'nosniff' },
    body: part.body,
  };
};
