/**
 * The one element that the selector finds and the class is of.
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} within
 * @returns {T}
 */
function the(selector, kind, within = document) {
  const found = within.querySelector(selector);
  if (!(found instanceof kind)) throw new TypeError(`no ${selector} in the page`);
  return found;
}

async function show() {
  // Styles and the script behind this one have come by then, or never will.
  await new Promise((done) => addEventListener('load', done));
  const style = getComputedStyle(document.documentElement);
  const styles = ['--sign-in-colours', '--sign-in-layout'].every(
    (name) => style.getPropertyValue(name) !== '',
  );
  if (!styles || !window.signInSession || !window.signInInsights) return;
  const page = document.importNode(the('template', HTMLTemplateElement).content, true);
  await Promise.all([...page.querySelectorAll('img')].map((image) => image.decode()));
  const main = the('main', HTMLElement);
  main.append(page);
  const first = main.querySelector('input:not([type=hidden])');
  if (first instanceof HTMLElement) first.focus();
  const state = JSON.parse(the('#state', HTMLScriptElement).text);
  if (state.step !== 'second-factor') return;
  const again = the('button[type=button]', HTMLButtonElement);
  again.onclick = () => void confirm(state.confirm);
  if (state.error) again.hidden = false;
  else await confirm(state.confirm);
}

/** @param {string} address where the second factor is confirmed */
async function confirm(address) {
  const status = the('[role=status]', HTMLElement);
  const again = the('button[type=button]', HTMLButtonElement);
  again.hidden = true;
  status.textContent = 'Your phone has been asked.';
  try {
    const { proof = '' } = await (await fetch(address)).json();
    the('input[name=proof]', HTMLInputElement).value = proof;
    the('form', HTMLFormElement).submit();
  } catch {
    status.textContent = 'The service that asks your phone cannot be reached.';
    again.hidden = false;
  }
}

// Without any one of its parts the page stays blank.
show().catch(() => {});
