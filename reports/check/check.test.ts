import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { RequirementResults } from '../../model/verdict/results.js';
import { sample } from '../../model/verdict/sample/sample.js';
import { renderCheck } from './check.js';
import type { BrokenRequirement } from './group.js';

const requirement = (id: string): RequirementResults => ({
  ...{ id, statement: `${id} is open, for traffic between the connector and the cloud service.` },
  ...{
    section: 'Prepare › Allow access to URLs',
    strength: 'must',
    hidden: false,
    verdict: 'broken',
    provedBy: [],
  },
});
const drop = (host: string, port: number, rule: string): BrokenRequirement['result'] => ({
  ...{ operation: 'listen', result: 'tcp-drop', server: 's', host, port, device: 'edge-firewall', rule },
  events: [`e-${host}`],
});
const breaks = (result: BrokenRequirement['result'], ...ids: string[]) =>
  ids.map((id) => ({ requirement: requirement(id), result }));

const render = (broken: BrokenRequirement[], colour = false, site = 'Contoso') =>
  renderCheck({
    ...{ site: { site }, results: sample().results, broken, colour },
    warnings: [{ rule: 'allow x/y', message: '"x/y" is a path, not a host', suggestion: 'x' }],
  });

describe('renderCheck', () => {
  it('names device, rule, place, requirement, statement, section and evidence', () => {
    const text = render(breaks(drop('a.example', 443, 'deny *.example'), 'hosts/a.example/443'));
    for (const part of [
      '1 thing to mend',
      'edge-firewall',
      '"deny *.example"',
      'listen: tcp-drop',
      'a.example:443',
    ])
      expect(text).toContain(part);
    for (const part of [
      'hosts/a.example/443 (must)',
      'cloud service.',
      'Prepare › Allow',
      'evidence: e-a.example',
    ])
      expect(text).toContain(part);
    expect(text).toContain('(meant: x?)');
    expect(text).toContain('1 requirements were seen to hold');
  });

  it('takes what one rule stops for one thing, and what a default stops for one a group of hosts', () => {
    const rule = 'deny any port 80';
    expect(
      render([
        ...breaks(drop('a', 80, rule), 'hosts/a/80', 'hosts/revocation'),
        ...breaks(drop('b', 80, rule), 'hosts/b/80', 'hosts/registration'),
      ]),
    ).toContain('1 thing to mend');
    const all = render([
      ...breaks(drop('a', 80, 'default drop'), 'hosts/a/80', 'hosts/revocation'),
      ...breaks(drop('b', 80, 'default drop'), 'hosts/b/80', 'hosts/revocation'),
      ...breaks(drop('c', 443, 'default drop'), 'hosts/c/443', 'hosts/service'),
    ]);
    expect(all).toContain('2 things to mend');
  });

  it('fits 80 columns, and shows no command to the terminal', () => {
    const result = drop('a\u001b[2J\r\n\u202e.example', 443, `deny ${'some words '.repeat(20)}`);
    const text = render(breaks(result, 'hosts/a.example/443'));
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(text).toBe(stripVTControlCharacters(text));
    expect(text).not.toMatch(/[\r\u202e]/);
  });

  it('says all of its headline, however long the name of the site is', () => {
    const site = 'Contoso, headquarters, second floor, behind the proxy of the old data centre (copy)';
    const [headline] = render(breaks(drop('a', 443, 'deny a'), 'hosts/a/443'), false, site)
      .trim()
      .split('\n\n');
    expect(headline?.replace(/\s+/g, ' ')).toBe(`${site}: 1 thing to mend.`);
    expect(render([], false, site).replace(/\s+/g, ' ')).toContain(`${site}: nothing documented is broken.`);
  });

  it('colours when asked, and says the same', () => {
    const broken = breaks(drop('a', 443, 'default drop'), 'hosts/service');
    expect(render(broken, true)).not.toBe(render(broken));
    expect(stripVTControlCharacters(render(broken, true))).toBe(render(broken));
  });

  it('says when nothing is broken', () => {
    expect(render([])).toContain('Contoso: nothing documented is broken.');
  });
});
