import { expect, it } from 'vitest';
import { hasPort, portRanges, portTexts } from './port-list.js';

it.each([
  [443, ['443']],
  ['any', ['0-65535']],
  ['8080-8090', ['8080-8090']],
  ['443, 8080-8090', ['443', '8080-8090']],
  [
    [443, '440-450', 80],
    ['80', '440-450'],
  ],
  [
    ['1-80', '81', '443,444'],
    ['1-81', '443-444'],
  ],
] as const)('%j are %j', (ports, texts) => {
  expect(portTexts(ports)).toEqual(texts);
});

it('has both ends of a range, and nothing beside it', () => {
  const ranges = portRanges('80, 8080-8090');
  expect([79, 80, 81, 8079, 8080, 8090, 8091].filter((port) => hasPort(ranges, port))).toEqual([
    80, 8080, 8090,
  ]);
});
