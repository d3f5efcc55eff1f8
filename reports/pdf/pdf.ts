import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DevTools } from './devtools.js';
import { NoBrowserError } from './find-browser.js';

/** Is true when the page is as a reader sees it: scripts have run, and the evidence is unpacked. */
const drawn = `new Promise((resolve) => {
  const look = () => {
    if (document.readyState === 'complete' && document.querySelector('[data-drawn]')) resolve(true);
    else requestAnimationFrame(look);
  };
  look();
})`;

const small = 'font-size: 7px; color: #57606c; width: 100%; padding: 0 12mm; display: flex;';
/** Inside the margins of the page's print style. */
const footer = `<div style="${small} justify-content: space-between"><span class="title"></span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`;

/**
 * The report's page for paper, as PDF.
 * @param browser from {@link findBrowser}
 * @param report a `report.html`
 * @throws NoBrowserError where the browser cannot do it
 */
export async function pdfOf(browser: string, report: string): Promise<Buffer> {
  const profile = await mkdtemp(join(tmpdir(), 'connector-lab-print-profile-'));
  try {
    await using devTools = new DevTools(browser, profile);
    const { targetId } = await devTools.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await devTools.send('Target.attachToTarget', { targetId, flatten: true });
    const inPage = (method: string, params: object) => devTools.send(method, params, String(sessionId));
    const url = `${pathToFileURL(report).href}#/paper`;
    const { errorText } = await inPage('Page.navigate', { url });
    if (errorText !== undefined) throw new Error(`it cannot open ${report}: ${String(errorText)}`);
    await inPage('Runtime.evaluate', { expression: drawn, awaitPromise: true });
    const { data } = await inPage('Page.printToPDF', {
      ...{ printBackground: true, preferCSSPageSize: true, generateDocumentOutline: true },
      ...{ displayHeaderFooter: true, headerTemplate: '<span></span>', footerTemplate: footer },
    });
    return Buffer.from(String(data), 'base64');
  } catch (error) {
    throw new NoBrowserError(
      `${browser} does not print the report: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
