import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** For tests: Debian's Chromium without its windows, which starts and draws in half the time. */
const executablePath = '/usr/bin/chromium-headless-shell';

/** For hangs, milliseconds; shorter than that of a test, so that it is said what was waited for. */
const patience = 240_000;

/** Why there is no browser to test in; undefined where there is one. In CI a missing one is a failure. */
export function whyNoBrowser(): string | undefined {
  if (existsSync(executablePath) || process.env.CI === 'true') return undefined;
  return `no Chromium (chromium-headless-shell) at ${executablePath}`;
}

/** `more`: further switches of Chromium's command line. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath,
    timeout: patience,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
  browser.on('context', (context) => context.setDefaultTimeout(patience));
  return browser;
}
