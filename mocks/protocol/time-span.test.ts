import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeTimeSpan, encodeTimeSpan } from './time-span.js';
import { ProtocolError } from './xml.js';

it.each([
  [10_000, '00:00:10'],
  [21_600_000, '06:00:00'],
  [86_399_000, '23:59:59'],
  [86_400_000, '1.00:00:00'],
  [200, '00:00:00.2000000'],
])('%i ms is %s', (ms, text) => {
  expect(encodeTimeSpan(ms)).toBe(text);
  expect(decodeTimeSpan(text)).toBe(ms);
});

it('reads back what it wrote', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), (ms) => {
      expect(decodeTimeSpan(encodeTimeSpan(ms))).toBe(ms);
    }),
  );
});

it('refuses anything else', () => {
  for (const text of ['', '10', '24:00:00', '00:60:00', 'PT10S', '00:00'])
    expect(() => decodeTimeSpan(text), text).toThrow(ProtocolError);
});
