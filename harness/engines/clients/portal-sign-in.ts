import type { Page, Request } from 'playwright-core';

/** Somebody opens the portal and signs in. For tests. */
export async function signInToPortal(page: Page, name = 'admin@contoso.test'): Promise<void> {
  await open(page, 'https://entra.microsoft.com/');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Account').fill(name);
  await page.getByLabel('Password').fill('lab');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

const networkChanged = 'net::ERR_NETWORK_CHANGED';
/** What the page of a dropped document is. */
const errorPage = 'chrome-error://chromewebdata/';

/**
 * Chromium drops what it is fetching when an address comes or goes on this computer, and labs on
 * containers beside bring some: a page of which a part was dropped is opened again.
 */
async function open(page: Page, url: string): Promise<void> {
  let dropped: boolean;
  const note = (request: Request) => {
    dropped ||= request.failure()?.errorText === networkChanged;
  };
  page.on('requestfailed', note);
  do {
    dropped = false;
    await page.goto(url).catch((error: unknown) => {
      if (![networkChanged, errorPage].some((text) => String(error).includes(text))) throw error;
      dropped = true;
    });
  } while (dropped);
  page.off('requestfailed', note);
}
