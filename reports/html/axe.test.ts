import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { checkSample } from '../../model/verdict/sample/check.js';
import { comparedSample, partialSample, repeatedSample } from '../../model/verdict/sample/compared.js';
import { phasedSample } from '../../model/verdict/sample/phased.js';
import { sample } from '../../model/verdict/sample/sample.js';
import { go, noBrowser, useReportBrowser, views } from './testing.js';

describe.skipIf(noBrowser !== undefined)('the report by axe', () => {
  const { open } = useReportBrowser();

  it.each([false, true])('has nothing to complain of for axe (dark: %s)', async (dark) => {
    for (const [of, addresses] of [
      [sample(), views],
      [comparedSample(), ['#/', '#/scenario/tls/over']],
      [repeatedSample(), ['#/scenario/verify/signalling']],
      [partialSample(), ['#/']],
      [checkSample(), ['#/', '#/administrator', '#/scenario/check']],
      [phasedSample(), ['#/scenario/verify/signalling?drawn=control']],
    ] as const) {
      const page = await open(of, '', { dark });
      // Evaluated by the browser's tools, since the page's policy lets no other script in.
      await page.evaluate(axe.source);
      for (const address of addresses) {
        await go(page, address);
        // In the dark only colours are others.
        const rules = dark ? '{ runOnly: ["color-contrast"] }' : '';
        const found = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
          `axe.run(${rules})`,
        );
        expect(found.violations.map(({ id, nodes }) => `${address} ${id}: ${nodes[0]?.html}`)).toEqual([]);
      }
    }
  });
});
