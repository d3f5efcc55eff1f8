import type { Page } from 'playwright-core';
import { openPage } from '../../../reports/html/open-page.js';

/** Somebody opens the portal and signs in. For tests. */
export async function signInToPortal(page: Page, name = 'admin@contoso.test'): Promise<void> {
  await openPage(page, 'https://entra.microsoft.com/');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Account').fill(name);
  await page.getByLabel('Password').fill('lab');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}
