import { expect, it } from 'vitest';
import { onEngine } from './open-engine.js';

const containers = { name: 'containers' as const };

it('says how to be faster where nobody chose real machines', () => {
  expect(onEngine(containers, { engine: 'auto', out: '' })).toBe(
    'on the containers engine, since Docker is here (--engine embedded is faster)',
  );
});

it.each([
  ['by name', { engine: 'containers' as const, out: '' }],
  ['by what only they can do', { engine: 'auto' as const, out: '', pcap: true as const }],
])('says no more where they were chosen %s', (_, flags) => {
  expect(onEngine(containers, flags)).toBe('on the containers engine');
});

it('says no more of the embedded one', () => {
  expect(onEngine({ name: 'embedded' }, { engine: 'auto', out: '' })).toBe('on the embedded engine');
});
