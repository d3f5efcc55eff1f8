import { expect, it } from 'vitest';
import type { EventOf } from '../evidence/event.js';
import { observe } from './observe.js';
import { reach } from './testing.js';

it('an inbound probe is of the server that it names: what came of another is nothing of its', () => {
  const probe = (host: string, outcome: EventOf<'reach'>['outcome']) =>
    reach({ from: 'outside', host, outcome });
  const look = { kind: 'inbound-probe', server: 'a', port: 443, result: 'tcp-drop' } as const;
  const both = [probe('a', 'tcp-reject'), probe('b', 'tcp-drop')];
  expect(observe(both, [look])[0]).toMatchObject({ observed: 'tcp-reject', matched: false });
  expect(observe([probe('b', 'tcp-drop')], [look])[0]).toMatchObject({ observed: 'nothing', matched: false });
});
