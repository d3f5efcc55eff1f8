import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../model/verdict/kept-events.js';
import { checkSample } from '../../model/verdict/sample/check.js';
import { mapTexts } from '../../model/verdict/sample/map-texts.js';
import { sample } from '../../model/verdict/sample/sample.js';
import { renderRequestsCsv, renderRequestsText } from './requests.js';

const { results, events } = checkSample();

/** As a spreadsheet reads it (RFC 4180). */
function cellsOf(csv: string): string[][] {
  return csv
    .trimEnd()
    .split(/\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map((line) =>
      [...`${line},`.matchAll(/("(?:[^"]|"")*"|[^,]*),/g)].map(([, cell = '']) =>
        cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
      ),
    );
}

describe('the requests of a check, as files', () => {
  it('begin with the sentence about the site, and have every request, host and reason', () => {
    const text = renderRequestsText(results, evidenceOf(events));
    expect(text.split('\n')[0]).toBe(
      'Headquarters: 3 things to mend, 1 thing that no request mends. Users of Intranet see a gateway timeout (504).',
    );
    for (const part of [
      '1. Open *.servicebus.windows.net:443, ocsp.digicert.com:80 at the edge firewall',
      'Today: edge-firewall, rule "deny *.servicebus.windows.net"',
      'Because: rule 1 fits',
      'Why: The hosts of the service must be open.',
      'Evidence: e4, e5',
      'For the administrator of the Windows servers:\n\n2. Set the clock of app-proxy-01',
      '3. Keep idle connections',
    ])
      expect(text).toContain(part);
  });

  it('say what only follows, what no request mends and which rules are nearly right', () => {
    const text = renderRequestsText(results, evidenceOf(events));
    for (const part of [
      'No request mends this:\n- application-host, "nobody": nothing listens at the application',
      'Neither open nor closed by anything that is known:\n- edge-firewall, by rules that may or may not be about them ("allow 20.36.0.0/16 port 443"): login.windows.net:443',
      "Follows from it:\n- app-proxy-01 cannot serve users' requests (deliver): something that has to work before does not (not-attempted)",
      'Rules to look at:\n- edge-firewall: "allow *.msappproxi.net port 443" is never used: it is about msappproxi.net',
      'Not judged:\n- a site file is of one day: hidden/renewal',
    ])
      expect(text).toContain(part);
  });

  it('say so where there is nothing to ask for', () => {
    const check = { ...results.check, outcome: 'works' as const, requests: [], incurable: [] };
    const works = {
      ...results,
      check: { ...check, consequences: [], users: [], differences: [], unused: [], notJudged: [] },
    };
    expect(renderRequestsText(works, evidenceOf(events))).toContain('There is nothing to ask for.');
    expect(cellsOf(renderRequestsCsv(works, evidenceOf(events)))).toHaveLength(1);
  });

  it('hide nothing, turn nothing and are no formula', () => {
    const evil = mapTexts({ results, events }, (text, key) =>
      ['host', 'ask', 'rule', 'explanation'].includes(key) ? `=1+1\u202e\u001b[2J,"${text}` : text,
    );
    const [text, csv] = [
      renderRequestsText(evil.results, evidenceOf(evil.events)),
      renderRequestsCsv(evil.results, evidenceOf(evil.events)),
    ];
    for (const one of [text, csv])
      for (const hidden of ['\u202e', '\u001b']) expect(one).not.toContain(hidden);
    const cells = cellsOf(csv);
    expect(new Set(cells.map((row) => row.length))).toEqual(new Set([16]));
    for (const cell of cells.flat()) expect(cell).not.toMatch(/^[=+@]/);
  });
});

it('of a run in which all is as expected they are what a new site has to open', () => {
  const { results: run, events: lived } = sample();
  const text = renderRequestsText({ ...run, scenarios: run.scenarios.slice(0, 1) }, evidenceOf(lived));
  expect(text).toContain('Nothing deviates from what is expected.');
  expect(text).toContain('1. Allow outbound TCP port 443 from the connector servers to the hosts below');
});
