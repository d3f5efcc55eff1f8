import { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { proxySchema } from '../../model/site/schema.js';
import { SocketPairs } from '../loopback/socket-pair.js';
import { explicitProxy } from './explicit-proxy.js';

/** What a proxy says to a request, where it went for that, and what all that it asks answer. */
async function said(
  request: string,
  answer = 'HTTP/1.1 204 No Content\r\n\r\n',
  settings: object = {},
): Promise<{ text: string; asked: string[] }> {
  const asked: string[] = [];
  const accept = explicitProxy(
    {
      machine: 'proxy',
      emit: () => '',
      serverAt: () => undefined,
      connect: async ({ host, port }) => {
        asked.push(`${host}:${port}`);
        return { socket: whoSays(answer) };
      },
    },
    proxySchema.parse({ address: 'proxy.contoso.test:8080', ...settings }),
  );
  const [client, socket] = await (await SocketPairs.open()).make();
  accept({ connection: '', socket, from: '192.0.2.10' });
  client.write(`${request}\r\nHost: evil.test\r\nConnection: close\r\n\r\n`);
  let text = '';
  client.on('data', (chunk) => (text += chunk));
  await new Promise((resolve) => client.once('close', resolve));
  return { text, asked };
}

function whoSays(answer: string): Duplex {
  return new Duplex({
    read() {},
    write(_chunk, _encoding, done) {
      this.push(answer);
      this.push(null);
      done();
    },
  });
}

it.each([
  'GET / HTTP/1.1',
  'POST /beta/applications HTTP/1.1',
  'GET //graph.microsoft.com/ HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'GET https://graph.microsoft.com/ HTTP/1.1',
  'GET file:///etc/passwd HTTP/1.1',
])('what a page elsewhere makes a browser ask for at its address goes nowhere: %s', async (request) => {
  const { text, asked } = await said(request);
  expect(text).toMatch(/^HTTP\/1\.1 400 /);
  expect(asked).toEqual([]);
});

it('what a browser asks a proxy for goes there', async () => {
  const { text, asked } = await said('GET http://crl3.digicert.com/x.crl HTTP/1.1');
  expect(text).toMatch(/^HTTP\/1\.1 204 /);
  expect(asked).toEqual(['crl3.digicert.com:80']);
});

it.each(['HTTP/1.1 000 x\r\n\r\n', 'HTTP/1.1 099 x\r\n\r\n', 'HTTP/1.1 1000 x\r\n\r\n', 'nothing'])(
  'an answer that is none ends the connection, and not the lab: %j',
  async (answer) => {
    expect((await said('GET http://a.test/ HTTP/1.1', answer)).text).toBe('');
  },
);

it('the name of a rule is text on its page', async () => {
  const rules = [{ deny: 'a.test', name: '<img src=x onerror=alert(1)>' }, { allow: 'any' }];
  const { text, asked } = await said('GET http://a.test/ HTTP/1.1', undefined, { rules });
  expect(text).toMatch(/^HTTP\/1\.1 403 /);
  expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(text).not.toContain('<img');
  expect(asked).toEqual([]);
});
