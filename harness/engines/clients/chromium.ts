import { PublicClientApplication } from '@azure/msal-node';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { msalNetwork } from '../../../mocks/cloud/sign-in/testing.js';
import { connectorClientId, registrationScope } from '../../../mocks/protocol/oauth.js';
import { openBrowser, whyNoBrowser } from '../../../reports/html/browser.js';
import { openPage } from '../../../reports/html/open-page.js';
import { browserSwitches } from '../browser-switches.js';
import { type InLab, server, site } from './in-lab.js';
import { signInToPortal } from './portal-sign-in.js';

const missing = whyNoBrowser();
if (missing) console.warn(`harness/engines/clients: Chromium is skipped: ${missing}`);

export function chromium(inLab: () => InLab): void {
  describe.skipIf(missing)('Chromium', () => {
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      const { users, lab } = inLab();
      browser = await openBrowser(browserSwitches(users.url, lab.trust));
    });
    afterAll(() => browser?.close());
    beforeEach(async () => {
      const context = await browser.newContext();
      page = await context.newPage();
      return () => context.close();
    });

    it('signs an administrator in, with the second factor; MSAL makes a token of the code', async () => {
      const client = new PublicClientApplication({
        auth: {
          clientId: connectorClientId,
          authority: `https://login.microsoftonline.com/${site.tenant.id}`,
        },
        system: { networkClient: msalNetwork(inLab().fetch) },
      });
      const redirectUri = 'https://login.microsoftonline.com/common/oauth2/nativeclient';
      const asked = { scopes: [registrationScope], redirectUri };
      await openPage(page, await client.getAuthCodeUrl(asked));
      await page.getByLabel('Account').fill('admin@contoso.test');
      await page.getByLabel('Password').fill('lab');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(`${redirectUri}?**`);
      const code = new URL(page.url()).searchParams.get('code') ?? '';
      const token = await client.acquireTokenByCode({ ...asked, code });
      expect(token.account?.username).toBe('admin@contoso.test');
    });

    it('shows the portal: the connector, active, and a group that was made there', async () => {
      await signInToPortal(page);
      const row = page
        .getByRole('row')
        .filter({ has: page.getByRole('button', { name: server, exact: true }) });
      await row.waitFor();
      expect((await row.getByRole('cell').allInnerTexts())[0]).toBe('● Active');
      await page.getByLabel('Name', { exact: true }).fill('Oslo');
      await page.getByRole('button', { name: 'Create' }).click();
      await page.getByText('Oslo is created.').waitFor();
      await page.getByRole('button', { name: 'Delete Oslo' }).click();
      await page.getByText('is deleted.').waitFor();
    });

    it('shows the error page of an application that no connector listens for', async () => {
      const [application] = site.applications;
      const response = await openPage(page, application?.external ?? '');
      expect(response?.status()).toBe(504);
      expect(await page.locator('body').innerText()).toContain('Gateway Timeout');
      await expect(openPage(page, 'https://nowhere.contoso.test/')).rejects.toThrow(
        'ERR_TUNNEL_CONNECTION_FAILED',
      );
    });
  });
}
