import { expect, it } from 'vitest';
import { assertSameEngine } from './runtime.js';

it.each([
  ['says another name each time, as Podman does', ['one', 'two']],
  ['says none', []],
])('an engine that %s is not taken for two', async (_, ids: string[]) => {
  const info = async () => ({ ID: ids.shift() });
  await expect(assertSameEngine({ info })).resolves.toBeUndefined();
});
