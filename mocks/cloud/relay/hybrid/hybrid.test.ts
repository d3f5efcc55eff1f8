import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { makeSas } from '../../../protocol/sas.js';
import { closeOf, type OpenRelay, openRelay, startAt } from '../testing.js';
import { hybridKey } from './access.js';

const host = 'contoso.servicebus.windows.net';
const hour = 3_600_000;

let lab: OpenRelay;

beforeEach(async () => {
  lab = await openRelay({
    cloud: {
      'hybrid-connections': [{ path: 'orders' }, { path: 'open', 'client-authorization': false }],
      faults: [{ fault: 'relay-recycled', host }],
    },
  });
});

afterEach(() => lab[Symbol.asyncDispose]());

function token(policy: string, expires = startAt + hour, path = 'orders'): string {
  return makeSas(`http://${host}/${path}`, hybridKey(lab.context.pki, policy), policy, expires);
}

const target = (action: string, sas = '', path = 'orders') =>
  `/$hc/${path}?sb-hc-action=${action}${sas && `&sb-hc-token=${encodeURIComponent(sas)}`}`;

/** A listener as the documents describe it, on the `ws` library alone. */
async function listen(expires?: number, path = 'orders'): Promise<WebSocket> {
  const socket = lab.dial(host, target('listen', token('listener', expires, path), path));
  await once(socket, 'open');
  return socket;
}

async function next(socket: WebSocket): Promise<Record<string, never>> {
  const [data] = await once(socket, 'message');
  return JSON.parse(String(data));
}

/** Goes to an address that the relay gave. */
function come(address: string, protocol?: string): WebSocket {
  const url = new URL(address);
  return lab.dial(url.hostname, url.pathname + url.search, protocol);
}

/** How an upgrade was refused. */
async function refused(socket: WebSocket): Promise<[status: number | undefined, reason: string | undefined]> {
  const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  socket.terminate();
  return [answer.statusCode, answer.statusMessage];
}

interface Answered {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

async function send(path: string, options: { method?: string; headers?: object; body?: Buffer } = {}) {
  const { method = 'GET', headers, body } = options;
  const outgoing = request({ port: lab.port, path, method, agent: false, headers: { host, ...headers } });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) } as Answered;
}

const sendOrder = (options: Parameters<typeof send>[1] = {}) =>
  send('/orders/7?x=1', {
    ...options,
    headers: { ServiceBusAuthorization: token('sender'), ...options.headers },
  });

describe('a sender by WebSocket', () => {
  it('meets the listener at a gateway, and each hears what the other says', async () => {
    const listener = await listen();
    const offered = next(listener);
    const sender = lab.dial(host, `${target('connect', token('sender'))}&colour=red`, 'chat', {
      headers: { 'x-own': 'yes', ServiceBusAuthorization: 'not handed on' },
    });
    const { accept } = (await offered) as unknown as { accept: Record<string, never> };
    expect(accept).toMatchObject({ connectHeaders: { 'x-own': 'yes', Via: `1.1 ${host}` } });
    expect(JSON.stringify(accept)).not.toContain('not handed on');
    const address = String(accept.address);
    expect(new URL(address).hostname).toMatch(/^gv?\d+-prod-.*-sb\.servicebus\.windows\.net$/);
    expect(address).toContain('colour=red');
    const opened = once(sender, 'open');
    const accepted = come(address, 'chat');
    await Promise.all([opened, once(accepted, 'open')]);
    expect(sender.protocol).toBe('chat');
    sender.send('text');
    expect(await once(accepted, 'message')).toEqual([Buffer.from('text'), false]);
    const large = Buffer.alloc(300_000, 7);
    accepted.send(large);
    expect(await once(sender, 'message')).toEqual([large, true]);
    sender.close(1000, 'done');
    expect(await closeOf(accepted)).toEqual([1000, 'done']);
  });

  it('is told when the listener rejects, and the listener gets the documented 410', async () => {
    const listener = await listen();
    const offered = next(listener);
    const sender = refused(lab.dial(host, target('connect', token('sender'))));
    const { accept } = (await offered) as unknown as { accept: { address: string } };
    const no = come(`${accept.address}&sb-hc-statusCode=409&sb-hc-statusDescription=Busy`);
    expect((await refused(no))[0]).toBe(410);
    expect(await sender).toEqual([409, 'Busy']);
  });

  it('can be met once, in time, and at its gateway only', async () => {
    const listener = await listen();
    const connect = async () => {
      const offered = next(listener);
      const sender = lab.dial(host, target('connect', token('sender')));
      const { accept } = (await offered) as unknown as { accept: { address: string } };
      return { sender, address: accept.address };
    };
    const first = await connect();
    const elsewhere = first.address.replace(/g\w*(?=-prod)/, 'g99');
    expect((await refused(come(elsewhere)))[0]).toBe(403);
    await once(come(first.address), 'open');
    expect((await refused(come(first.address)))[0]).toBe(403);
    const second = await connect();
    const late = refused(second.sender);
    await lab.clock.advance(30_000);
    expect((await late)[0]).toBe(504);
    expect((await refused(come(second.address)))[0]).toBe(403);
  });
});

describe('a handshake', () => {
  it.each<[number, string, () => string]>([
    [404, 'an unknown path', () => target('listen', token('listener'), 'nothing')],
    [401, 'no token', () => target('listen')],
    [401, 'a token that is none', () => target('listen', 'SharedAccessSignature x')],
    [401, 'an expired token', () => target('listen', token('listener', startAt - 1000))],
    [
      401,
      'a forged token',
      () => target('listen', makeSas(`http://${host}/orders`, 'x', 'listener', startAt + hour)),
    ],
    [403, "a sender's token for listening", () => target('listen', token('sender'))],
    [403, "a listener's token for sending", () => target('connect', token('listener'))],
    [403, 'a token for another path', () => target('listen', token('listener', undefined, 'open'))],
    [404, 'a sender without a listener', () => target('connect', token('sender'))],
    [400, 'an unknown action', () => target('inject', token('listener'))],
    [400, 'broken percent signs', () => '/$hc/%E0%A4?sb-hc-action=listen'],
  ])('%i for %s, with a tracking id', async (status, _, path) => {
    const [code, reason] = await refused(lab.dial(host, path()));
    expect(code).toBe(status);
    expect(reason).toMatch(/TrackingId:[0-9a-f-]{36}/);
  });

  it('is refused for the 26th listener', async () => {
    for (let count = 0; count < 25; count++) await listen();
    expect((await refused(lab.dial(host, target('listen', token('listener')))))[0]).toBe(403);
  });

  it('takes the token from a header, and none from senders where none is asked for', async () => {
    const headers = { ServiceBusAuthorization: token('RootManageSharedAccessKey', undefined, 'open') };
    const listener = lab.dial(host, target('listen', '', 'open'), undefined, { headers });
    await once(listener, 'open');
    const offered = next(listener);
    lab.dial(host, target('connect', '', 'open'));
    expect(await offered).toHaveProperty('accept');
  });
});

describe('the control channel', () => {
  it('closes with 1008 when the token ends, unless it is renewed', async () => {
    const listener = await listen(startAt + 60_000);
    listener.send(JSON.stringify({ renewToken: { token: token('listener', startAt + 120_000) } }));
    // No reply to a renewal: that it has arrived shows in an answer to a ping.
    listener.ping();
    await once(listener, 'pong');
    await lab.clock.advance(60_000);
    expect(listener.readyState).toBe(WebSocket.OPEN);
    const closed = closeOf(listener);
    await lab.clock.advance(60_000);
    expect(await closed).toEqual([1008, 'the token has expired']);
  });

  it('closes with 1008 for a bad new token', async () => {
    const listener = await listen();
    listener.send(JSON.stringify({ renewToken: { token: token('sender') } }));
    expect((await closeOf(listener))[0]).toBe(1008);
  });

  it('closes with 1001 when the service recycles it', async () => {
    const listener = await listen(startAt + 100 * hour);
    const closed = closeOf(listener);
    await lab.clock.advance(24 * hour);
    expect(await closed).toEqual([1001, 'recycled']);
    expect(lab.events.filter(({ kind }) => kind === 'fault')).toHaveLength(1);
  });

  it.each([
    ['no JSON', '{', 1003],
    ['another message', '{"accept":{}}', 1003],
    ['an answer without its id', '{"response":{"statusCode":200}}', 1003],
    ['a body without an answer', Buffer.from('body'), 1003],
    ['a message of more than 64 kB', Buffer.alloc(65_537), 1009],
  ])('closes on %s, and others go on', async (_, message, code) => {
    const other = await listen();
    const listener = await listen();
    listener.send(message);
    expect((await closeOf(listener))[0]).toBe(code);
    expect(other.readyState).toBe(WebSocket.OPEN);
  });
});

interface Asked {
  request: Record<'address' | 'id', string> & { requestHeaders: Record<string, string> };
}

describe('a sender by HTTPS', () => {
  const answer = (requestId: string, more: object = {}) =>
    JSON.stringify({ response: { requestId, statusCode: '201', statusDescription: 'Created', ...more } });

  it('is answered on the control channel, without headers of the hop', async () => {
    const listener = await listen();
    const asked = next(listener);
    const body = Buffer.from('small');
    const headers = { 'x-own': 'yes', Via: '1.1 before', TE: 'trailers' };
    const answered = sendOrder({ method: 'POST', headers, body });
    const { request: told } = (await asked) as unknown as Asked;
    expect(told).toMatchObject({ method: 'POST', requestTarget: '/orders/7?x=1', body: true });
    const names = Object.keys(told.requestHeaders).map((name) => name.toLowerCase());
    expect(names.toSorted()).toEqual(['via', 'x-own']);
    expect(told.requestHeaders.Via).toBe(`1.1 before, 1.1 ${host}`);
    const responseHeaders = { 'X-Answer': '1', Trailer: 'x', Close: 'x' };
    listener.send(answer(told.id, { responseHeaders, body: true }));
    listener.send(Buffer.from('back'));
    const { status, headers: got, body: back } = await answered;
    expect([status, got['x-answer'], got.trailer, back.toString()]).toEqual([201, '1', undefined, 'back']);
  });

  it('brings a large body over a rendezvous, and gets a large one from there', async () => {
    const listener = await listen();
    const asked = next(listener);
    const body = Buffer.alloc(200_000, 1);
    const answered = sendOrder({ method: 'PUT', body });
    const { request: first } = (await asked) as unknown as Asked;
    expect(Object.keys(first).toSorted()).toEqual(['address', 'id']);
    const meeting = come(first.address);
    const heard: [Buffer, boolean][] = [];
    meeting.on('message', (data: Buffer, isBinary: boolean) => {
      heard.push([data, isBinary]);
      if (!isBinary) return;
      meeting.send(answer(first.id, { body: true }));
      meeting.send(Buffer.alloc(500_000, 2));
    });
    const { status, body: back } = await answered;
    expect([status, back.length]).toEqual([201, 500_000]);
    expect(JSON.parse(String(heard[0]?.[0]))).toMatchObject({ request: { method: 'PUT', body: true } });
    expect(heard[1]).toEqual([body, true]);
  });

  it('gets 502 without a listener, or when it goes away', async () => {
    expect((await sendOrder()).status).toBe(502);
    const listener = await listen();
    const asked = next(listener);
    const answered = sendOrder();
    await asked;
    listener.terminate();
    expect((await answered).status).toBe(502);
  });

  it('gets 504 when nothing is answered for a minute', async () => {
    const listener = await listen();
    const asked = next(listener);
    const answered = sendOrder();
    await asked;
    await lab.clock.advance(60_000);
    expect((await answered).status).toBe(504);
  });

  it.each([502, 504])('a listener must not answer %i', async (statusCode) => {
    const listener = await listen();
    const asked = next(listener);
    const answered = sendOrder();
    const { request: told } = (await asked) as unknown as Asked;
    listener.send(answer(told.id, { statusCode }));
    expect((await answered).status).toBe(500);
  });

  it('needs a token with the right to send', async () => {
    await listen();
    expect((await send('/orders')).status).toBe(401);
    expect((await send('/orders', { headers: { Authorization: token('listener') } })).status).toBe(403);
    expect((await send('/nothing')).status).toBe(404);
  });
});
