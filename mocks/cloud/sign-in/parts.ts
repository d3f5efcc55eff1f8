/**
 * What the sign-in page is made of, by the end of its path on the content hosts. Names of files are
 * those of the real page; what is in them is ours.
 */
export const pageParts: Readonly<Record<string, { type: string; body: string }>> = {
  'login.css': {
    type: 'text/css',
    body: `:root { --sign-in-colours: 1 }
body { background: #eef1f4; color: #1b2430; font: 1rem/1.5 system-ui, sans-serif }
.error { color: #a4161a }
button { background: #12507b; color: #fff; border: 0; border-radius: 4px; padding: .5rem 1.25rem; font: inherit }
button[name=cancel] { background: #5b6673 }
:focus-visible { outline: 3px solid #f2a900; outline-offset: 2px }
`,
  },
  'converged.css': {
    type: 'text/css',
    body: `:root { --sign-in-layout: 1 }
main { max-width: 27rem; margin: 12vh auto 0; padding: 2.5rem; background: #fff; box-shadow: 0 2px 8px #0003 }
main:empty { display: none }
label { display: block; margin: 1rem 0 }
input:not([type=hidden]) { display: block; box-sizing: border-box; width: 100%; padding: .5rem; font: inherit }
img { display: block; height: 1.5rem; margin-bottom: .5rem }
h1 { font-size: 1.5rem }
`,
  },
  'BssoInterrupt_Core.js': { type: 'text/javascript', body: 'window.signInSession = { started: true };\n' },
  'ai.0.js': { type: 'text/javascript', body: 'window.signInInsights = { started: true };\n' },
  'ConvergedLogin_PCore.js': {
    type: 'text/javascript',
    body: `const shown = (async () => {
  // Styles and the script behind this one have come by then, or never will.
  await new Promise((done) => addEventListener('load', done));
  const style = getComputedStyle(document.documentElement);
  const styles = ['--sign-in-colours', '--sign-in-layout'].every((name) => style.getPropertyValue(name) !== '');
  if (!styles || !window.signInSession || !window.signInInsights) return;
  const page = document.importNode(document.querySelector('template').content, true);
  await Promise.all([...page.querySelectorAll('img')].map((image) => image.decode()));
  document.querySelector('main').append(page);
  document.querySelector('main input:not([type=hidden])')?.focus();
  const state = JSON.parse(document.getElementById('state').textContent);
  if (state.step !== 'second-factor') return;
  const again = document.querySelector('button[type=button]');
  again.onclick = () => confirm(state.confirm);
  if (state.error) again.hidden = false;
  else await confirm(state.confirm);
})();
shown.catch(() => {});

async function confirm(address) {
  const [status, again] = ['[role=status]', 'button[type=button]'].map((one) => document.querySelector(one));
  again.hidden = true;
  status.textContent = 'Your phone has been asked.';
  try {
    const { proof = '' } = await (await fetch(address)).json();
    const form = document.forms[0];
    form.proof.value = proof;
    form.submit();
  } catch {
    status.textContent = 'The service that asks your phone cannot be reached.';
    again.hidden = false;
  }
}
`,
  },
  bannerlogo: {
    type: 'image/svg+xml',
    body: '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="24"><circle cx="12" cy="12" r="10" fill="#12507b"/><path d="M30 8h60M30 16h40" stroke="#12507b" stroke-width="4"/></svg>',
  },
  illustration: {
    type: 'image/svg+xml',
    body: '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="24"><path d="M0 20L24 6l24 10L72 4l24 14" fill="none" stroke="#f2a900" stroke-width="3"/></svg>',
  },
};
