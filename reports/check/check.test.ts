import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { CheckResults } from '../../model/verdict/check-results.js';
import type { RunResults } from '../../model/verdict/results.js';
import { checkSample } from '../../model/verdict/sample/check.js';
import { mapTexts } from '../../model/verdict/sample/map-texts.js';
import { renderCheck } from './check.js';

const sampled = checkSample().results;

function withCheck(fields: Partial<CheckResults>, site = 'Contoso'): RunResults {
  const [[key, one] = []] = Object.entries(sampled.sites);
  const { check } = sampled;
  if (!key || !one || !check) throw new Error('the sample is no check');
  return { ...sampled, check: { ...check, ...fields }, sites: { [key]: { ...one, site } } };
}
const render = (results: RunResults, colour = false) => renderCheck({ results, colour });
const inOneLine = (text: string) => text.replace(/\s+/g, ' ');
const nothing = {
  requests: [],
  incurable: [],
  consequences: [],
  users: [],
  differences: [],
  unused: [],
  notJudged: [],
};
const [first] = sampled.check?.requests ?? [];

describe('renderCheck', () => {
  it('names what to do, by whom, who decides today, why, for which account, and the evidence', () => {
    const text = inOneLine(render(sampled));
    for (const part of [
      'Headquarters: 3 things to mend, 1 thing that no request mends. Users of Intranet see a gateway timeout (504).',
      'For the administrator of the firewall and the network: 1. Open *.servicebus.windows.net:443, ocsp.digicert.com:80 at the edge firewall, outbound, from app-proxy-01.',
      'account: network-service, local-system',
      'today: edge-firewall, rule "deny *.servicebus.windows.net"',
      'why: rule 1 fits app-proxy-01',
      'breaks: hosts/service',
      'not reached in this run, since earlier steps failed: 1 of 2',
      'evidence: e4, e5',
      'For the administrator of the Windows servers: 2. Set the clock of app-proxy-01',
      'No request mends this: application-host, "nobody": nothing listens at the application',
      "Follows from it: - app-proxy-01 cannot serve users' requests (deliver): something that has to work before does not (not-attempted)",
      'edge-firewall: "allow *.msappproxi.net port 443" is never used: it is about msappproxi.net, which is not msappproxy.net',
      'edge-firewall: "allow *.supplier.test port 443" is never used by a connector',
      '0 requirements hold, 2 are broken, 1 is not proved (the report says why)',
      'Requirements: "Add an application" of 2023-08-09 https://learn.microsoft.com/add',
    ])
      expect(text).toContain(part);
  });

  it('puts requests of one administrator together, with their places in the order', () => {
    expect(render(sampled).match(/^\d\. /gm)).toEqual(['1. ', '3. ', '2. ']);
  });

  it('is a screen for one request, however many hosts it is about, and says where all are', () => {
    if (!first) throw new Error('the sample has no request');
    const targets = Array.from({ length: 25 }, (_, index) => ({
      ...{ host: `host-${index}.example`, port: 443, accounts: ['network-service' as const], reached: false },
    }));
    const many = {
      ...first,
      ...{ ask: 'Open the 25 places below at the edge firewall.', targets },
      reasons: targets.map(({ host }) => `no rule fits ${host}`),
      events: targets.map((_, index) => `e${index}`),
    };
    const text = render(withCheck({ ...nothing, requests: [many] }));
    expect(text.split('\n').length).toBeLessThan(30);
    for (const part of [
      '1 thing to mend',
      'host-3.example:443 and 21 more (requests.txt has all)',
      'and 24 more like it',
      'earlier steps failed: all of it',
      'evidence: e0, e1, e2, e3 and 21 more',
    ])
      expect(inOneLine(text)).toContain(part);
  });

  it('fits 80 columns, and shows no command to the terminal', () => {
    const evil = mapTexts(sampled, (text, key) =>
      ['ask', 'host', 'explanation', 'near', 'name'].includes(key)
        ? `a\u001b[2J\r\n\u202e${text} ${'some words '.repeat(20)}`
        : text,
    );
    const text = render(evil);
    // The address of a page is a word of its own.
    const long = text.split('\n').filter((line) => line.length > 80 && !line.startsWith('https:'));
    expect(long).toEqual([]);
    expect(text).toBe(stripVTControlCharacters(text));
    expect(text).not.toMatch(/[\r\u202e]/);
  });

  it('says all of its headline, however long the name of the site is', () => {
    const site = 'Contoso, headquarters, second floor, behind the proxy of the old data centre (copy)';
    const requests = first ? [first] : [];
    const [headline = ''] = render(withCheck({ ...nothing, requests }, site))
      .trim()
      .split('\n\n');
    expect(inOneLine(headline)).toBe(`${site}: 1 thing to mend. No user asked for anything.`);
    expect(inOneLine(render(withCheck({ ...nothing, outcome: 'works' }, site)))).toContain(
      `${site}: everything works, and nothing documented is broken.`,
    );
  });

  it('says what is its own fault, and judges nothing then', () => {
    const differences = [{ words: 'the lab saw nobody stop it', events: ['e1'] }];
    expect(inOneLine(render(withCheck({ ...nothing, outcome: 'contradiction', differences })))).toMatch(
      /not judged to the end.*A defect of connector-lab, please report it: .* - the lab saw nobody stop it/,
    );
    expect(inOneLine(render(withCheck({ ...nothing, outcome: 'control-failed', differences })))).toMatch(
      /Not even the documented site works .*What failed in the documented site: - the lab saw/,
    );
  });

  it('colours when asked, and says the same', () => {
    expect(render(sampled, true)).not.toBe(render(sampled));
    expect(stripVTControlCharacters(render(sampled, true))).toBe(render(sampled));
  });
});
