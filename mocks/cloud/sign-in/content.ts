import type { Service } from '../service.js';

const picture = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');

/** Scripts, styles and pictures of the sign-in page. */
export const content: Service = ({ url }) => {
  if (url.pathname.endsWith('.js'))
    return { status: 200, headers: { 'Content-Type': 'text/javascript' }, body: 'window.part = true;' };
  if (url.pathname.endsWith('.css'))
    return { status: 200, headers: { 'Content-Type': 'text/css' }, body: 'form { margin: auto }' };
  return { status: 200, headers: { 'Content-Type': 'image/gif' }, body: picture };
};
