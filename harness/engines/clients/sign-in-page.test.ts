import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serviceNames } from '../../../mocks/protocol/names.js';
import { connectorClientId, registrationScope } from '../../../mocks/protocol/oauth.js';
import { denyHost } from '../../../model/scenario/changes/firewall.js';
import { documentedSite } from '../../../model/site/documented.js';
import { openBrowser, whyNoBrowser } from '../../../reports/html/browser.js';
import { browserSwitches } from '../browser-switches.js';
import { type LoopbackProxy, loopbackProxy } from '../loopback-proxy.js';
import { type ClientLab, openClientLab } from './testing.js';

const missing = whyNoBrowser();
if (missing)
  console.warn(`harness/engines/clients: sign-in page: tests in a browser are skipped: ${missing}`);

const site = documentedSite();
const names = serviceNames(site);
const redirectUri = 'https://login.microsoftonline.com/common/oauth2/nativeclient';
const address = `https://login.microsoftonline.com/common/oauth2/v2.0/authorize?${new URLSearchParams({
  client_id: connectorClientId,
  response_type: 'code',
  redirect_uri: redirectUri,
  scope: registrationScope,
})}`;

/** The administrator's browser on the connector server, behind the site's devices. */
describe.skipIf(missing)('the sign-in page in a browser', () => {
  let opened: ClientLab;
  let proxy: LoopbackProxy;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    opened = await openClientLab(site);
    const administrator = { account: 'administrator', stack: 'browser' } as const;
    proxy = await loopbackProxy(opened.lab.dialer('app-proxy-01', administrator));
    browser = await openBrowser(browserSwitches(proxy.url, opened.lab.trust));
  });
  afterAll(async () => {
    await browser.close();
    for (const one of [proxy, opened]) await one[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    await opened.lab.change(site);
    // Every test a browser of its own, as far as caches go.
    const context = await browser.newContext();
    page = await context.newPage();
    return () => context.close();
  });

  async function signIn(name: string, password = 'lab'): Promise<void> {
    await page.goto(address);
    await page.getByLabel('Account').fill(name);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** By then the page shows what it will ever show: it has asked for its pictures before this does. */
  async function picturesCame(): Promise<void> {
    await page.evaluate(`(async () => {
      const page = document.importNode(document.querySelector('template').content, true);
      await Promise.allSettled([...page.querySelectorAll('img')].map((image) => image.decode()));
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    })()`);
  }

  it('leads an administrator over the second factor back to the program, with a code', async () => {
    const problems: string[] = [];
    page.on('console', (line) => problems.push(line.text()));
    await signIn('admin@contoso.test');
    await page.waitForURL(`${redirectUri}?**`);
    expect(new URL(page.url()).searchParams.get('code')).toMatch(/^\S{40,}$/);
    expect(problems).toEqual([]);
    expect(opened.events).toContainEqual(
      expect.objectContaining({
        kind: 'cloud',
        service: 'second-factor',
        host: 'pfd.phonefactor.net',
        status: 200,
      }),
    );
  });

  it.each(names.signInParts.map(({ host }) => host))('stays blank without %s', async (host) => {
    await opened.lab.change(denyHost(host).apply(site));
    await page.goto(address);
    await picturesCame();
    expect(await page.locator('body').innerText()).toBe('');
    await opened.lab.change(site);
    await page.reload();
    await picturesCame();
    expect(await page.locator('body').innerText()).toContain('Sign in');
  });

  it('says so when the second factor cannot be reached, and asks again', async () => {
    await opened.lab.change(denyHost('*.phonefactor.net').apply(site));
    await signIn('admin@contoso.test');
    await page.getByText('cannot be reached').waitFor();
    await opened.lab.change(site);
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.waitForURL(`${redirectUri}?**`);
  });

  it('says what is wrong where a screen reader hears it, and is accessible', async () => {
    await signIn('mira@contoso.test', 'wrong');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('AADSTS50126');
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(),
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});
