import { expect, it, describe as suite } from 'vitest';
import { anchorsFor } from './anchors.js';
import { inWords } from './duration.js';
import { buildModel } from './model.js';
import { sample } from './sample.js';
import { describe } from './words.js';

suite('buildModel', () => {
  it('finds the decision behind the result, and the way of the connection there', () => {
    const { results, events } = sample();
    const [first] = buildModel(results, events).scenarios;
    const [decisive] = first?.decisives ?? [];
    expect(decisive?.decision?.explanation).toBe('the name is below');
    expect(decisive?.hops.map(({ where, what, decides }) => [where, what, decides])).toEqual([
      ['app-proxy-01', 'CONNECT', false],
      ['host-firewall', 'ALLOW', false],
      ['edge-firewall', 'DROP', true],
    ]);
    expect(first?.rows.map(({ result, account }) => [result.result, account])).toEqual([
      ['tcp-drop', 'network-service'],
      ['not-attempted', undefined],
    ]);
  });

  it('walks through a proxy to the connection that it opened, and not in circles', () => {
    const { results, events } = sample();
    const flow = { machine: 'proxy', host: 'h', address: '198.18.66.1', port: 443 };
    const stamp = { ...events[0], scenario: 'verify/signalling', phase: 'change', at: 0, wallMs: 0 } as const;
    const [scenario] = buildModel(results, [
      {
        ...stamp,
        ...flow,
        id: 'p1',
        machine: 'app-proxy-01',
        kind: 'connection',
        connection: 'c0',
        parent: 'c1',
      },
      { ...stamp, ...flow, id: 'p2', machine: 'proxy', kind: 'connection', connection: 'c1', parent: 'c0' },
      ...events.filter(({ kind }) => kind !== 'connection'),
    ]).scenarios;
    expect(scenario?.decisives[0]?.hops.map(({ where }) => where)).toEqual([
      ...['app-proxy-01', 'proxy', 'host-firewall', 'edge-firewall'],
    ]);
  });

  it('counts what it leaves out of the timeline', () => {
    const { results, events } = sample();
    const [first] = buildModel(results, events).scenarios;
    expect(first?.timeline).toMatchObject({ shown: events.length - 2, omitted: 2 });
  });
});

it('says every kind of event in words that name what matters', () => {
  const said = sample().events.map(describe);
  expect(new Set(said).size).toBe(said.length);
  expect(said.join('\n')).not.toMatch(/undefined|NaN|\[object/);
  expect(said).toContain('the portal shows app-proxy-01 as active');
});

it('tells ids that look alike in a link apart', () => {
  const anchors = anchorsFor('s', ['a/b', 'a#b', 'a b']);
  expect(new Set(anchors.values()).size).toBe(3);
  expect([...anchors.values()].join('')).toMatch(/^[\w-]+$/);
});

it.each([
  [0, '0 s'],
  [161, '161 ms'],
  [12_842, '12.8 s'],
  [9_000_000, '2 h 30 min'],
  [180 * 86_400_000, '180 d'],
  [-3_600_000, '-1 h'],
])('says %d ms as %s', (ms, words) => expect(inWords(ms)).toBe(words));
