import { randomBytes } from 'node:crypto';
import { escapeHtml } from '../../escape-html.js';
import type { ServiceNames } from '../../protocol/names.js';
import { type CloudReply, html } from '../service.js';
import type { Purpose } from './memory.js';
import { type SignInPage, signInPage } from './page.js';

/** A page of the sign-in service, and what it may load and from where. */
export function pageReply(names: ServiceNames, page: SignInPage): CloudReply {
  const from = (kind: ServiceNames['signInParts'][number]['kind']) =>
    names.signInParts.filter((part) => part.kind === kind).map(({ host }) => `https://${host}`);
  const policy = [
    "default-src 'none'",
    `script-src ${from('script').join(' ')}`,
    `style-src ${from('style').join(' ')}`,
    `img-src ${from('picture').join(' ')}`,
    `connect-src https://${names.secondFactor}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    // The real page too shows what was wrong in a page that came well.
    status: page.step === 'error' ? 400 : 200,
    headers: { ...html, 'Cache-Control': 'no-store', 'Content-Security-Policy': policy.join('; ') },
    body: signInPage(names, page),
    ...(page.error && { detail: page.error.sentence }),
  };
}

/** Sends somebody back to the program, with what it gets. */
export function answerTo(
  { redirect, responseMode, state }: Purpose & { kind: 'redirect' },
  given: Record<string, string>,
  detail?: string,
): CloudReply {
  const values = { ...given, ...(state !== undefined && { state }) };
  if (responseMode === 'form_post') return { ...formPost(redirect, values), ...(detail && { detail }) };
  const url = new URL(redirect);
  if (responseMode === 'fragment') url.hash = new URLSearchParams(values).toString();
  else for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  return {
    status: 302,
    headers: { Location: url.href, 'Cache-Control': 'no-store' },
    ...(detail && { detail }),
  };
}

/** OAuth 2.0 Form Post Response Mode: a form that sends itself. */
function formPost(redirect: URL, values: Record<string, string>): CloudReply {
  const nonce = randomBytes(16).toString('base64');
  const inputs = Object.entries(values).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return {
    status: 200,
    headers: {
      ...html,
      'Cache-Control': 'no-store',
      'Content-Security-Policy': `default-src 'none'; script-src 'nonce-${nonce}'; base-uri 'none'`,
    },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Working…</title></head><body>
<form method="post" action="${escapeHtml(redirect.href)}">${inputs.join('')}<noscript><button>Continue</button></noscript></form>
<script nonce="${nonce}">document.forms[0].submit()</script></body></html>`,
  };
}
