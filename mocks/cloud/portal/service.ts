import { escapeHtml } from '../../escape-html.js';
import { portalFiles } from '../browser/files.js';
import { type CloudContext, type CloudReply, type Handler, html, type Service } from '../service.js';
import { portalClientId } from '../sign-in/clients.js';

/**
 * The connectors page of an administrator, in our own look. It knows nothing itself: it signs the
 * administrator in and asks Graph, like any other program.
 */
export const portal: Service = {
  name: 'portal',
  hosts: (names) => [{ name: names.portal, block: 'sign-in' }],
  answer,
};

function answer(context: CloudContext): Handler {
  return ({ url, method }) => {
    if (method !== 'GET') return { status: 405 };
    if (url.pathname === '/') return page(context);
    const name = url.pathname.slice(1);
    const part = Object.hasOwn(portalFiles, name) ? portalFiles[name] : undefined;
    if (!part)
      return {
        status: 404,
        headers: html,
        body: '<!doctype html><title>Not found</title><h1>Not found</h1>',
      };
    const headers = { 'Content-Type': `${part.type}; charset=utf-8`, ...secure };
    return { status: 200, headers, body: part.body };
  };
}

const secure = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

function page(context: CloudContext): CloudReply {
  const { authority, graph, portal: self } = context.names();
  const { domain, id } = context.site().tenant;
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src https://${authority} https://${graph}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ];
  const settings = JSON.stringify({
    tenant: domain,
    client: portalClientId,
    redirect: `https://${self}/`,
    authority: `https://${authority}/${id}`,
    graph: `https://${graph}`,
  }).replaceAll('<', '\\u003c');
  return {
    status: 200,
    headers: { ...html, ...secure, 'Content-Security-Policy': policy.join('; ') },
    body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Private network connectors – ${escapeHtml(domain)}</title><link rel="stylesheet" href="/style.css">
<script type="application/json" id="settings">${settings}</script><script type="module" src="/page.js"></script></head>
<body><a class="skip" href="#content">Skip to the connectors</a>
<header><p>Mock portal of connector-lab</p><div id="account"></div></header>
<main id="content" tabindex="-1"><h1>Private network connectors</h1><p>${escapeHtml(domain)}</p>
<div id="status" role="status"></div><div id="problem" role="alert"></div><div id="view"></div></main>
<noscript>This page needs scripts.</noscript></body></html>`,
  };
}
