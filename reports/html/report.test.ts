import { stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { checkSample } from '../../model/verdict/sample/check.js';
import { sample, sampleOf } from '../../model/verdict/sample/sample.js';
import { go, noBrowser, shows, useReportBrowser, views } from './testing.js';

describe.skipIf(noBrowser !== undefined)('the report in a browser', () => {
  const { open, file } = useReportBrowser();

  it('leads from the verdict to the evidence, and back', async () => {
    const page = await open(sample());
    expect(await page.locator('.facts').innerText()).toMatch(/Hold\s+1\s+Broken\s+1\s+Not proved\s+0/);
    expect(await page.locator('#hidden').innerText()).toContain('The renewal host must be open.');
    await page.getByRole('link', { name: 'The hosts of the service must be open.' }).click();
    await shows(page, 'The hosts of the service must be open.');
    await page.getByRole('link', { name: 'No signalling: the portal stays green' }).click();
    expect(await page.locator('.proves').innerText()).toContain('Prepare › Allow access');
    expect(await page.locator('.drawing .lane.bad .said').textContent()).toBe('tcp-drop');
    expect(await page.locator('.drawing .decided .name').textContent()).toBe('edge firewall');
    expect(await page.locator('.hops li').allInnerTexts()).toEqual([
      expect.stringMatching(/Phase 1\s+app-proxy-01\s+CONNECT\s+network-service → cwap-eur1/),
      expect.stringMatching(/Phase 2\s+host-firewall\s+ALLOW\s+rule: default allow/),
      expect.stringMatching(/Phase 3\s+edge-firewall\s+DROP\s+rule 1: deny \*\.servicebus/),
    ]);
    expect(await page.locator('section.change').innerText()).toContain('by edge-firewall');
    expect(await page.getByRole('link', { name: 'edge #1.pcap' }).getAttribute('href')).toBe(
      './evidence/verify_signalling/edge%20%231.pcap',
    );
    await page.getByRole('link', { name: 'log line e4' }).click();
    expect(await page.locator('tr.target').innerText()).toContain('edge-firewall decides drop');
    await page.goBack();
    await page.goBack();
    await shows(page, 'The hosts of the service must be open.');
  });

  it('opens at a line of evidence, and says what it does not have', async () => {
    const page = await open(sample(), '#/scenario/verify/signalling/event/e10');
    await page.locator('tr.target').waitFor();
    expect(await page.locator('tr.target').innerText()).toContain('e10');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('e10');
    await go(page, '#/scenario/verify/signalling/event/e99');
    await page.getByText('Event e99 is in events.jsonl only.').waitFor();
    await page.evaluate('location.hash = "#/requirement/nowhere/%"');
    await page.getByText('There is no nowhere/% here.').waitFor();
  });

  it('keeps filters in the address', async () => {
    const page = await open(sample(), '#/scenarios');
    const shown = page.locator('.scenarios a');
    await page.getByRole('searchbox').fill('tls inspector');
    expect(await shown.allInnerTexts()).toEqual(['The server does not know the inspector']);
    await page.reload();
    expect(await page.getByRole('searchbox').inputValue()).toBe('tls inspector');
    await page.getByRole('searchbox').fill('');
    await page.getByLabel('Outcome').selectOption('skipped');
    expect(await shown.allInnerTexts()).toEqual(['Half of the packets are lost']);
    expect(await page.getByRole('status').innerText()).toBe('1 of 3');
    expect(page.url()).toMatch(/#\/scenarios\?outcome=skipped$/);
    await go(page, '#/scenario/verify/signalling?machine=edge-firewall');
    await page.getByText('Nothing fits').waitFor({ state: 'hidden' });
    await page.getByLabel('Filter events').fill('nxdomain');
    expect(await page.locator('.timeline tbody tr td:first-child').allInnerTexts()).toEqual([]);
    await page.getByLabel('Machine').selectOption('');
    expect(await page.locator('.timeline tbody tr td:first-child').allInnerTexts()).toEqual(['e9']);
  });

  it('works by keyboard alone', async () => {
    const page = await open(sample());
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('To the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.textContent')) === 'Nothing must end TLS on the way.')
        break;
    }
    await page.keyboard.press('Enter');
    await shows(page, 'Nothing must end TLS on the way.');
    // Screen readers go on from the new heading, not from where the link was.
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('H1');
  });

  it('tells the administrator what to change, as a page, as text and as CSV', async () => {
    const page = await open(checkSample(), '#/administrator');
    const request = await page.locator('.requests').first().innerText();
    for (const part of ['*.servicebus.windows.net', 'TCP 443', 'network-service', 'The hosts of the service'])
      expect(request).toContain(part);
    expect(await page.locator('main h2').allInnerTexts()).toEqual([
      'For the administrator of the firewall and the network',
      'For the administrator of the Windows servers',
    ]);
    expect(await page.locator('.requests h3').allInnerTexts()).toEqual([
      expect.stringMatching(/^1\. Open /),
      expect.stringMatching(/^3\. Keep /),
      expect.stringMatching(/^2\. Set /),
    ]);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy as text' }).first().click();
    await page.getByText('Copied.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^Headquarters: 3 things to mend/);
    const downloaded = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download CSV' }).click();
    expect((await downloaded).suggestedFilename()).toBe('requests.csv');
  });

  it('says what a check found: the sentence, what to mend, what follows, what users met, what is not proved', async () => {
    const page = await open(checkSample());
    expect(await page.locator('.closing').innerText()).toBe(
      '3 things to mend, 1 thing that no request mends. Users of Intranet see a gateway timeout (504).',
    );
    const text = (await page.locator('main').innerText()).replace(/\s+/g, ' ');
    for (const part of [
      'To mend The numbers are the order in which mending helps.',
      '1 of 2 places were not reached in this run',
      'What no request mends application-host, “nobody”: nothing listens at the application',
      'Follows from it',
      "app-proxy-01 cannot serve users' requests (deliver): something that has to work before does not (not-attempted)",
      'Users of Intranet see a gateway timeout (504)',
      'allow *.msappproxi.net port 443" is never used: it is about msappproxi.net',
      'Not proved: a site file is of one day.',
    ])
      expect(text).toContain(part);
    await page.getByRole('link', { name: 'event e4' }).click();
    await page.locator('tr.target').waitFor();
  });

  it('lists the places that a sentence only counts, and leaves the rest to the request', async () => {
    const { results, events } = checkSample();
    const { check } = results;
    const [request, ...others] = check?.requests ?? [];
    if (!check || !request) throw new Error('the sample is no check');
    const targets = Array.from({ length: 9 }, (_, index) => ({
      ...{ host: `host-${index}.test`, port: 443, accounts: ['network-service' as const], reached: true },
    }));
    const requests = [{ ...request, ask: 'Open the 9 places below.', targets }, ...others];
    const page = await open({ results: { ...results, check: { ...check, requests } }, events });
    expect(await page.locator('.places').allInnerTexts()).toEqual([
      expect.stringMatching(/^host-0\.test:443, .*host-5\.test:443 and 3 more$/),
    ]);
    await page.getByRole('link', { name: '3 more' }).click();
    expect(await page.locator('.requests .target').innerText()).toContain('host-8.test');
  });

  it('begins with what is broken, and shows what is not when asked', async () => {
    const { results, events } = checkSample();
    const requirements = results.requirements.map((one) =>
      one.id === 'tls/no-inspection' ? { ...one, verdict: 'holds' as const } : one,
    );
    const page = await open({ results: { ...results, requirements }, events });
    const rows = page.locator('#documented tbody tr:visible');
    expect(await rows.allInnerTexts()).toEqual([expect.stringMatching(/^broken[\s\S]*hosts\/service/)]);
    await page.getByRole('button', { name: 'Show 1 more, which hold or are not proved' }).click();
    expect(await rows.count()).toBe(2);
  });

  it('says what is the lab’s own fault', async () => {
    const { results, events } = checkSample();
    const { check } = results;
    if (!check) throw new Error('the sample is no check');
    const differences = [{ words: 'the lab saw nobody stop it', events: ['e4'] }];
    const contradicted = { ...results, check: { ...check, outcome: 'contradiction' as const, differences } };
    const page = await open({ results: contradicted, events });
    expect(await page.locator('.differences').innerText()).toMatch(
      /A defect of connector-lab, please report it[\s\S]*the lab saw nobody stop it/,
    );
  });

  it.each([390, 1280])('is as wide as the window in every view, at %d pixels', async (width) => {
    const page = await open(sample(), '', { width });
    for (const view of views) {
      await go(page, view);
      expect(await page.evaluate('document.documentElement.scrollWidth'), view).toBe(width);
    }
  });

  it('tells hosts and operations a host at a time on a small screen', async () => {
    const page = await open(sample(), '', { width: 390 });
    const cell = page.locator('.matrix td').first();
    expect(
      await cell.evaluate((td) => (td as unknown as { clientWidth: number }).clientWidth),
    ).toBeGreaterThan(300);
    expect(
      await page.evaluate(`getComputedStyle(document.querySelector('.matrix td'), '::before').content`),
    ).toBe('"listen"');
  });

  it.each([150, 1000])('shows %d scenarios', async (count) => {
    const page = await open(sampleOf(count), '#/scenarios');
    expect((await stat(file())).size).toBeLessThan(10_000_000);
    expect(await page.getByRole('status').innerText()).toBe(`${count} of ${count}`);
    await page.getByRole('searchbox').fill(`number-${count - 1}`);
    expect(await page.locator('.scenarios li').count()).toBe(1);
    await page.locator('.scenarios a').click();
    await shows(page, new RegExp(`, ${count - 1}`));
  });
});
