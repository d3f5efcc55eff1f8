import type { ServiceNames } from '../../protocol/names.js';

/** The sign-in page. Its parts come from other hosts, and without them it does not work. */
export function signInPage(names: ServiceNames, state: string): string {
  const parts = names.signInParts.map(({ host, path, kind }) => {
    const url = `https://${host}${path}`;
    if (kind === 'script') return `<script src="${url}"></script>`;
    return kind === 'style' ? `<link rel="stylesheet" href="${url}">` : `<img alt="" src="${url}">`;
  });
  return `<!doctype html><html><head><title>Sign in</title>${parts.join('')}</head><body>
<form method="post" action="/common/login"><input name="loginfmt"><input name="passwd" type="password">
<input type="hidden" name="ctx" value="${state}"><button>Sign in</button></form></body></html>`;
}
