import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { documentedSite } from '../../../model/site/documented.js';
import { EmbeddedEngine } from './embedded-engine.js';

it('an engine that is disposed of ends every lab that it opened', async () => {
  const engine = new EmbeddedEngine();
  const open = () =>
    engine.open(documentedSite(), { scenario: 'engine', startAt: Date.now(), record: () => {} });
  const labs = [await open(), await open()];
  const sockets = await Promise.all(
    labs.map((lab) => lab.dialer()('login.microsoftonline.com', 443) as Promise<Socket>),
  );
  await engine[Symbol.asyncDispose]();
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, true]);
  // Whoever has the lab may dispose of it all the same.
  await labs[0]?.[Symbol.asyncDispose]();
});
