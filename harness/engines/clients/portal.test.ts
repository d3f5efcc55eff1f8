import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { denyHost } from '../../../model/scenario/changes/firewall.js';
import { documentedSite } from '../../../model/site/documented.js';
import { openBrowser, whyNoBrowser } from '../../../reports/html/browser.js';
import { browserSwitches } from '../browser-switches.js';
import { type LoopbackProxy, loopbackProxy } from '../loopback-proxy.js';
import { signInToPortal } from './portal-sign-in.js';
import { type ClientLab, openClientLab } from './testing.js';

const missing = whyNoBrowser();
if (missing) console.warn(`harness/engines/clients: portal: tests in a browser are skipped: ${missing}`);

const site = documentedSite({ servers: [{ name: 'app-proxy-01' }, { name: 'app-proxy-02' }] });
const halfHour = 1_800_000;

describe.skipIf(missing)('the portal in a browser', () => {
  let opened: ClientLab;
  let proxy: LoopbackProxy;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    opened = await openClientLab(site);
    proxy = await loopbackProxy(opened.lab.dialer());
    for (const { name } of site.servers)
      await opened.operate(name, 'install', 'sign-in', 'register', 'bootstrap');
    browser = await openBrowser(browserSwitches(proxy.url, opened.lab.trust));
  });
  afterAll(async () => {
    await browser.close();
    for (const one of [proxy, opened]) await one[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    problems = [];
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
    page = await context.newPage();
    page.on('console', (line) => problems.push(line.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    return () => context.close();
  });

  const open = (name?: string) => signInToPortal(page, name);
  const row = (name: string) =>
    page.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) });
  const shown = (name: string) => row(name).getByRole('cell').allInnerTexts();
  const refresh = async () => {
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText('Up to date.').waitFor();
  };

  it('shows connectors and groups, and is accessible', async () => {
    await open();
    await row('app-proxy-01').waitFor();
    expect(await shown('app-proxy-01')).toEqual([
      '● Active',
      expect.stringMatching(/^198\.18\./),
      '1.5.3437.0',
      expect.stringContaining('Default'),
      'Europe',
    ]);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(),
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('works without a mouse: a connector expands where the focus stays', async () => {
    await open();
    const toggle = page.getByRole('button', { name: 'app-proxy-02', exact: true });
    const said = page.getByText('Whether requests reach it, the label cannot say.').filter({ visible: true });
    await toggle.focus();
    expect(await toggle.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('Enter');
    expect(await toggle.getAttribute('aria-expanded')).toBe('true');
    expect(await said.count()).toBe(1);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(
      'Group of app-proxy-02',
    );
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    expect(await said.count()).toBe(0);
  });

  it('creates a group from chosen connectors, refuses its name twice, and deletes it when it is empty', async () => {
    await open();
    const create = async () => {
      await page.getByLabel('Name', { exact: true }).fill('Oslo <b>1</b>');
      await page.getByLabel('Region').selectOption('Asia');
      await page.getByLabel('app-proxy-02', { exact: true }).check();
      await page.getByRole('button', { name: 'Create' }).click();
    };
    await create();
    await page.getByText('Oslo <b>1</b> is created.').waitFor();
    expect((await shown('app-proxy-02')).slice(-1)).toEqual(['Asia']);
    await opened.lab.perform({ do: 'view-portal', connector: 'app-proxy-02' });
    expect(opened.events.at(-1)).toMatchObject({ kind: 'portal', group: 'Oslo <b>1</b>', status: 'active' });
    await create();
    await page.getByRole('alert').getByText('already exists').waitFor();
    const remove = page.getByRole('button', { name: 'Delete Oslo' });
    await remove.click();
    await page.getByRole('alert').getByText('cannot be deleted').waitFor();
    await page.getByLabel('Group of app-proxy-02').selectOption('Default');
    await page.getByText('app-proxy-02 is now in Default.').waitFor();
    await remove.click();
    await page.getByText('is deleted.').waitFor();
    expect(await remove.count()).toBe(0);
  });

  it('is for administrators', async () => {
    await open('mira@contoso.test');
    await page.getByRole('alert').getByText('Insufficient privileges').waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
  });

  it.each([
    ['throttled', 'throttling requests (429). Try again in 30 seconds.'],
    ['service-unavailable', 'not available (503)'],
    ['half-closed', 'no answer came from graph.microsoft.com'],
  ] as const)('says in words what happened to the directory: %s', async (fault, words) => {
    const faults = [{ fault, host: 'graph.microsoft.com' }];
    await opened.lab.change({ ...site, cloud: { ...site.cloud, faults } });
    await open();
    await page.getByRole('alert').getByText(words).waitFor();
    await opened.lab.change(site);
    await page.getByRole('button', { name: 'Try again' }).click();
    await row('app-proxy-01').waitFor();
    expect(await page.getByRole('alert').innerText()).toBe('');
  });

  it('stays green while no message reaches the connector, and turns when its reports stop', async () => {
    const cell = async () => (await shown('app-proxy-01'))[0];
    await opened.lab.change(denyHost('*.servicebus.windows.net').apply(site));
    await opened.operate('app-proxy-01', 'listen');
    await opened.operate('app-proxy-01', 'bootstrap');
    await open();
    await row('app-proxy-01').waitFor();
    await page.getByRole('button', { name: 'app-proxy-01', exact: true }).click();
    // PICTURE=docs/portal.png makes the picture in the docs.
    const clip = { x: 0, y: 0, width: 1100, height: 720 };
    if (process.env.PICTURE) await page.screenshot({ path: process.env.PICTURE, clip });
    expect(await cell()).toBe('● Active');
    expect(await visit(site.applications[0]?.external ?? '')).toContain('Gateway Timeout');
    await opened.lab.change(denyHost('*.msappproxy.net').apply(site));
    await opened.lab.perform({ do: 'pass', ms: halfHour });
    await refresh();
    expect(await cell()).toBe('○ Inactive');
    await opened.lab.change(site);
    await opened.operate('app-proxy-01', 'bootstrap');
    await refresh();
    expect(await cell()).toBe('● Active');
    await opened.operate('app-proxy-01', 'listen');
    expect(await visit(site.applications[0]?.external ?? '')).toContain('Intranet');
  });

  /** A user opens an application in a window of their own, and signs in; what it says then. */
  async function visit(external: string): Promise<string> {
    const context = await browser.newContext();
    const window = await context.newPage();
    await window.goto(`${external}start?from=mail`);
    await window.getByLabel('Account').fill('mira@contoso.test');
    await window.getByLabel('Password').fill('lab');
    await window.getByRole('button', { name: 'Sign in' }).click();
    await window.waitForURL(`${external}start?from=mail`);
    const said = await window.locator('body').innerText();
    await context.close();
    return said;
  }
});
