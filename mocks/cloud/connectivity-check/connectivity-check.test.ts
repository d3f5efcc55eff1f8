import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { openCloud } from '../../testing/open-cloud.js';

it('Windows finds the text that it looks for, at the host of its version', async () => {
  await using lab = await openCloud();
  const dial = lab.dialer('app-proxy-01');
  async function get(host: string, path: string): Promise<string> {
    const socket = await dial(host, 80);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    return text(socket);
  }
  const found = (says: string) => new RegExp(`^HTTP/1\\.1 200 [\\s\\S]*\\r\\n\\r\\n${says}$`);
  expect(await get('www.msftconnecttest.com', '/connecttest.txt')).toMatch(found('Microsoft Connect Test'));
  expect(await get('www.msftncsi.com', '/ncsi.txt')).toMatch(found('Microsoft NCSI'));
  expect(await get('www.msftconnecttest.com', '/ncsi.txt')).toMatch(/^HTTP\/1\.1 404 /);
  expect(lab.seen('cloud').map(({ service }) => service)).toEqual(Array(3).fill('connectivity-check'));
});
