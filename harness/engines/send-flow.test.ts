import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { WantedFlow } from '../../model/path/flow.js';
import { documentedSite } from '../../model/site/documented.js';
import { sendFlow } from './send-flow.js';

/** Of a device that lets TCP connect and resets: its end was told before anybody listened for it. */
async function reset() {
  const socket = new PassThrough();
  socket.destroy();
  await once(socket, 'close');
  return socket;
}

it.each([
  ['TLS', 443, {}],
  ['HTTP', 80, {}],
  ['a proxy', 443, { proxy: { address: 'proxy.contoso.test:8080' } }],
])(
  'a connection that is reset at once does not come through, and nobody waits for it: %s',
  async (_, port, more) => {
    const site = documentedSite(more);
    const flow: WantedFlow = {
      ...{ server: site.servers[0]?.name ?? '', account: 'network-service', stack: 'service' },
      ...{ operation: 'bootstrap', host: 'login.microsoftonline.com', port },
    };
    expect(await sendFlow(site, flow, reset, new AbortController().signal)).toBe(false);
  },
);
