import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { documentedSite } from '../../../model/site/documented.js';
import { EmbeddedEngine } from './embedded-engine.js';

it('what was connected through the old site is cut by a change, whoever connected', async () => {
  await using engine = new EmbeddedEngine();
  const proxy = { address: 'proxy.contoso.test:8080' };
  const lab = await engine.open(documentedSite({ proxy }), {
    ...{ scenario: 'cut', startAt: Date.now(), record: () => {} },
  });
  const dial = (host: string, port: number, from?: string) => lab.dialer(from)(host, port) as Promise<Socket>;
  const before = await Promise.all([
    dial('crl3.digicert.com', 80),
    dial('crl3.digicert.com', 80, 'app-proxy-01'),
    dial('proxy.contoso.test', 8080, 'app-proxy-01'),
  ]);
  expect(before.map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
  await lab.change(documentedSite({ proxy }));
  expect(before.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
  expect((await dial('crl3.digicert.com', 80)).destroyed).toBe(false);
});
