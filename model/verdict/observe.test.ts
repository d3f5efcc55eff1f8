import { expect, it } from 'vitest';
import type { EventOf } from '../evidence/event.js';
import { observe } from './observe.js';
import { reach } from './testing.js';

it('a knock is on the server that it names: what came of another is nothing of its', () => {
  const knock = (host: string, outcome: EventOf<'reach'>['outcome']) =>
    reach({ from: 'outside', host, outcome });
  const look = { kind: 'knock', server: 'a', port: 443, result: 'tcp-drop' } as const;
  const both = [knock('a', 'tcp-reject'), knock('b', 'tcp-drop')];
  expect(observe(both, [look])[0]).toMatchObject({ observed: 'tcp-reject', matched: false });
  expect(observe([knock('b', 'tcp-drop')], [look])[0]).toMatchObject({ observed: 'nothing', matched: false });
});
