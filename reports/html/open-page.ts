import type { Page, Request, Response } from 'playwright-core';

const networkChanged = 'net::ERR_NETWORK_CHANGED';
/** What the page of a dropped document is. */
const errorPage = 'chrome-error://chromewebdata/';

/**
 * Chromium drops what it is fetching when an address comes or goes on this computer, and labs on
 * containers beside bring some: a page of which a part was dropped is opened again. For tests.
 */
export async function openPage(page: Page, url: string): Promise<Response | null> {
  let dropped: boolean;
  let response: Response | null = null;
  const note = (request: Request) => {
    dropped ||= request.failure()?.errorText === networkChanged;
  };
  page.on('requestfailed', note);
  try {
    do {
      dropped = false;
      response = await page.goto(url).catch((error: unknown) => {
        if (![networkChanged, errorPage].some((text) => String(error).includes(text))) throw error;
        dropped = true;
        return null;
      });
    } while (dropped);
  } finally {
    page.off('requestfailed', note);
  }
  return response;
}
