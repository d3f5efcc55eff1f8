import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadScenarios } from '../../model/scenario/load.js';
import { openBrowser, whyNoBrowser } from '../../reports/html/browser.js';
import { openPage } from '../../reports/html/open-page.js';
import { reportPage } from '../../reports/html/page.js';
import { renderHtml } from '../../reports/html/render.js';
import { ContainersEngine } from '../engines/containers/containers-engine.js';
import { runtimeForTests } from '../engines/containers/testing.js';
import { capturesOf } from '../run/output.js';
import { run } from '../run/run.js';

const docker = await runtimeForTests();
const scenarios = fileURLToPath(new URL('../../scenarios', import.meta.url));

describe.skipIf(!docker || whyNoBrowser() !== undefined)('the report of a run on real machines', () => {
  it('shows rule, number and log of the kernel, and links to captures that are there', async () => {
    if (!docker) return;
    const out = await mkdtemp(join(tmpdir(), 'connector-lab-captures-'));
    await using engine = await ContainersEngine.start(docker, () => {}, { captures: capturesOf(out) });
    const loaded = await loadScenarios(scenarios);
    const template = await reportPage();
    const results = await run({
      scenarios: loaded.filter(({ scenario }) => scenario.id === 'ports/outbound-443#drop'),
      engine,
      out,
      workers: 1,
      artefacts: (all, evidence) => ({ 'report.html': renderHtml(template, all, evidence) }),
    });
    expect(results.summary).toMatchObject({ passed: 1, failed: 0 });
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const url = pathToFileURL(join(out, 'report.html')).href;
      await openPage(page, `${url}#/scenario/ports/outbound-443%23drop`);
      const hops = page.locator('.hops').first().locator('li');
      await hops.first().waitFor();
      expect(await hops.allInnerTexts()).toEqual([
        expect.stringMatching(/Phase 1\s+app-proxy-01\s+CONNECT/),
        expect.stringMatching(
          /Phase 2\s+host-firewall\s+ALLOW\s+rule: default allow.*log: host default: SRC=/s,
        ),
        expect.stringMatching(
          /Phase 3\s+edge-firewall\s+DROP\s+rule 1: deny any port 443.*This decided\.\s+log: edge 1: SRC=198\.18\.\d+\.\d+ DST=198\.18\.\d+\.\d+ PROTO=TCP SPT=\d+ DPT=443/s,
        ),
      ]);
      const links = page.locator('.captures a');
      const addresses = await links.evaluateAll((all) =>
        all.map((a) => (a as unknown as { href: string }).href),
      );
      expect(addresses.length).toBeGreaterThan(4);
      for (const address of addresses) {
        expect(address.startsWith(pathToFileURL(`${out}/`).href)).toBe(true);
        const bytes = await readFile(fileURLToPath(address));
        if (address.endsWith('.pcap'))
          expect(bytes.subarray(0, 4).toString('hex')).toMatch(/^(d4c3b2a1|4d3cb2a1)$/);
        // Node writes the lines of one handshake at the same time, in any order.
        else
          expect(bytes.toString('latin1')).toMatch(
            /^((CLIENT|SERVER|EXPORTER)_\w+ [0-9a-f]{64} [0-9a-f]+\n)+$/,
          );
      }
      const downloaded = page.waitForEvent('download');
      await page.getByRole('link', { name: 'gateway.pcap' }).click();
      expect((await downloaded).suggestedFilename()).toBe('gateway.pcap');
    } finally {
      await browser.close();
      await rm(out, { recursive: true, force: true });
    }
  });
});
