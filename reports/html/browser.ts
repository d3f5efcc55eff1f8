import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** For tests: Debian's Chromium. */
const executablePath = '/usr/bin/chromium';

/** Why there is no browser to test in; undefined where there is one. In CI a missing one is a failure. */
export function whyNoBrowser(): string | undefined {
  if (existsSync(executablePath) || process.env.CI === 'true') return undefined;
  return `no Chromium at ${executablePath}`;
}

/** `more`: further switches of Chromium's command line. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath,
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
}
