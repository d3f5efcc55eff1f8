import { escapeHtml } from '../../escape-html.js';
import type { ServiceNames } from '../../protocol/names.js';
import {
  confirmPath,
  deviceCodePath,
  encodePageState,
  loginPath,
  type PageState,
  secondFactorPath,
} from '../../protocol/sign-in-page.js';
import type { SignInRefusal } from './refusal.js';

/** What the sign-in page shows. */
export interface SignInPage {
  step: PageState['step'];
  ctx?: string;
  /** The program that somebody signs in to. */
  client?: string;
  /** As typed before. */
  name?: string;
  /** For `done`. */
  text?: string;
  error?: SignInRefusal;
}

/**
 * The sign-in page in our own look. It holds nothing that is seen: its scripts, styles and pictures
 * come from other hosts, and without any one of them it stays blank. That each part is needed is
 * assumed where no report says so (P7).
 */
export function signInPage(names: ServiceNames, page: SignInPage): string {
  const parts = names.signInParts.map(({ host, path, kind }) => ({ url: `https://${host}${path}`, kind }));
  const head = parts.map(({ url, kind }) => {
    if (kind === 'script') return `<script defer src="${url}"></script>`;
    return kind === 'style' ? `<link rel="stylesheet" href="${url}">` : '';
  });
  const pictures = parts.filter(({ kind }) => kind === 'picture');
  const { step, ctx, error } = page;
  const confirm = new URL(`https://${names.secondFactor}${confirmPath}`);
  confirm.searchParams.set('ctx', ctx ?? '');
  const state = encodePageState({
    step,
    ...(ctx && { ctx }),
    ...(step === 'second-factor' && { confirm: confirm.href }),
    ...(error && { error: { code: error.code, text: error.sentence } }),
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sign in to your account</title>${head.join('')}${state}</head><body><main></main><template>
${pictures.map(({ url }) => `<img alt="" src="${url}">`).join('')}
${error ? `<p class="error" role="alert">${escapeHtml(error.sentence)}</p>` : ''}${bodyOf(page)}
</template></body></html>`;
}

function bodyOf({ step, ctx = '', client = '', name = '', text = '' }: SignInPage): string {
  const context = `<input type="hidden" name="ctx" value="${escapeHtml(ctx)}">`;
  switch (step) {
    case 'account':
      return `<h1>Sign in</h1><p>to continue to ${escapeHtml(client)}</p><form method="post" action="${loginPath}">${context}
<label>Account <input name="loginfmt" type="email" autocomplete="username" required value="${escapeHtml(name)}"></label>
<label>Password <input name="passwd" type="password" autocomplete="current-password" required></label>
<button>Sign in</button> <button name="cancel" value="1" formnovalidate>Cancel</button></form>`;
    case 'second-factor':
      return `<h1>Approve sign in request</h1><p role="status"></p>
<form method="post" action="${secondFactorPath}">${context}<input type="hidden" name="proof"></form>
<button type="button" hidden>Ask again</button>`;
    case 'device-code':
      return `<h1>Enter code</h1><form method="post" action="${deviceCodePath}">
<label>Code displayed on your app or device <input name="otc" autocomplete="off" required></label><button>Next</button></form>`;
    case 'done':
      return `<h1>Done</h1><p role="status">${escapeHtml(text)}</p>`;
    case 'error':
      return '<h1>Sorry, but we’re having trouble signing you in.</h1>';
  }
}
