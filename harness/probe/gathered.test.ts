import { expect, it } from 'vitest';
import { attempts } from '../../model/diagnosis/testing.js';
import { gathered, together } from './gathered.js';

it('two programs’ evidence keeps its attempts and connections apart, under the names of the site', () => {
  const own = attempts({ id: 'e1', connection: 'c1' }, { id: 'e2', connection: 'c1', because: 'e1' });
  const [first, second] = (['network-service', 'administrator'] as const).map((account, index) =>
    gathered(own, { server: 'srv-1', account, part: index + 1 }),
  );
  if (!first || !second) throw new Error('two were made');
  const seen = together([first, second]).attempts.map(({ id, connection, because, server, account }) =>
    [id, connection, because, server, account].join(' '),
  );
  expect(seen).toEqual([
    '1.e1 1.c1  srv-1 network-service',
    '1.e2 1.c1 1.e1 srv-1 network-service',
    '2.e1 2.c1  srv-1 administrator',
    '2.e2 2.c1 2.e1 srv-1 administrator',
  ]);
});

it('nothing at all is no evidence', () => expect(() => together([])).toThrow('nobody probed'));
