import { expect, it } from 'vitest';
import { containersDevices } from './devices.js';

it('a line is of one device', () => {
  const kinds = containersDevices.flatMap(({ lines }) => Object.keys(lines));
  expect(kinds).toEqual([...new Set(kinds)]);
});
