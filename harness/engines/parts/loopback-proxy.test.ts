import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, whyNoBrowser } from '../../../reports/html/browser.js';
import { documentedSite } from '../../site/documented.js';
import { type OpenCloud, openCloud } from '../embedded/testing.js';
import { type LoopbackProxy, loopbackProxy } from './loopback-proxy.js';
import { browserSwitches } from './trust.js';

const curl = promisify(execFile);
const discovery = 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration';
const missing = whyNoBrowser();
let lab: OpenCloud;
let users: LoopbackProxy;
let administrator: LoopbackProxy;
let browser: Browser | undefined;
let folder: string;
let roots: string;

beforeAll(async () => {
  lab = await openCloud(documentedSite());
  users = await loopbackProxy(lab.entrance());
  administrator = await loopbackProxy(
    lab.entrance('app-proxy-01', { account: 'administrator', stack: 'browser' }),
  );
  folder = await mkdtemp(join(tmpdir(), 'connector-lab-proxy-'));
  roots = join(folder, 'roots.pem');
  await writeFile(roots, lab.trust.roots);
  if (!missing) browser = await openBrowser(browserSwitches(users.url, lab.trust));
});
afterAll(async () => {
  await browser?.close();
  for (const one of [users, administrator, lab]) await one[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const ask = (proxy: LoopbackProxy, url: string) =>
  curl('curl', ['--silent', '--show-error', '--proxy', proxy.url, '--cacert', roots, url]);

it("lets curl into the lab, behind the lab's certificates", async () => {
  const { stdout } = await ask(users, discovery);
  expect(JSON.parse(stdout)).toMatchObject({ issuer: expect.stringContaining('login.microsoftonline.com') });
  const list = await ask(users, 'http://crl3.digicert.com/lab-global-root-g2.crl');
  expect(list.stdout.length).toBeGreaterThan(100);
});

it('leads nowhere else', async () => {
  await expect(ask(users, 'https://localhost/')).rejects.toMatchObject({ code: 56 });
  await expect(ask(users, 'http://127.0.0.1/')).resolves.toMatchObject({
    stdout: expect.stringContaining('could not'),
  });
});

it("stands behind a site's devices where the stack does", async () => {
  await expect(ask(administrator, discovery)).resolves.toBeDefined();
  await lab.change(documentedSite({ firewall: { default: 'drop', rules: [] } }));
  await expect(ask(administrator, discovery)).rejects.toMatchObject({ code: 56 });
  await expect(ask(users, discovery)).resolves.toBeDefined();
});

it.skipIf(missing)('lets a browser in', async () => {
  const page = await browser?.newPage();
  const response = await page?.goto(discovery);
  expect(response?.status()).toBe(200);
  await expect(page?.goto('https://nowhere.contoso.test/')).rejects.toThrow('ERR_TUNNEL_CONNECTION_FAILED');
});
