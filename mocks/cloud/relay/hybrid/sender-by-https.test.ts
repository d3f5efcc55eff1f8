import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenRelay, openRelay } from '../testing.js';
import { clientOf, type HybridClient, host, next, settings } from './testing.js';

let lab: OpenRelay;
let client: HybridClient;

beforeEach(async () => {
  lab = await openRelay({ cloud: settings });
  client = clientOf(lab);
});

afterEach(() => lab[Symbol.asyncDispose]());

interface Asked {
  request: Record<'address' | 'id', string> & { requestHeaders: Record<string, string> };
}

describe('a sender by HTTPS', () => {
  const answer = (requestId: string, more: object = {}) =>
    JSON.stringify({ response: { requestId, statusCode: '201', statusDescription: 'Created', ...more } });

  it('is answered on the control channel, without headers of the hop', async () => {
    const listener = await client.listen();
    const asked = next(listener);
    const body = Buffer.from('small');
    const headers = { 'x-own': 'yes', Via: '1.1 before', TE: 'trailers' };
    const answered = client.sendOrder({ method: 'POST', headers, body });
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

  it.each<[string, () => object, string | undefined]>([
    ['is handed on', () => ({ Authorization: 'Basic own' }), 'Basic own'],
    [
      'that is the token is not',
      () => ({ ServiceBusAuthorization: [], Authorization: client.token('sender') }),
      undefined,
    ],
  ])('Authorization %s', async (_, headers, handed) => {
    const listener = await client.listen();
    const asked = next(listener);
    const answered = client.sendOrder({ headers: headers() });
    const { request: told } = (await asked) as unknown as Asked;
    expect(told.requestHeaders.authorization).toBe(handed);
    listener.send(answer(told.id));
    expect((await answered).status).toBe(201);
  });

  it('brings a large body over a rendezvous, and gets a large one from there', async () => {
    const listener = await client.listen();
    const asked = next(listener);
    const body = Buffer.alloc(200_000, 1);
    const answered = client.sendOrder({ method: 'PUT', body });
    const { request: first } = (await asked) as unknown as Asked;
    expect(Object.keys(first).toSorted()).toEqual(['address', 'id']);
    const meeting = client.come(first.address);
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
    expect((await client.sendOrder()).status).toBe(502);
    const listener = await client.listen();
    const asked = next(listener);
    const answered = client.sendOrder();
    await asked;
    listener.terminate();
    expect((await answered).status).toBe(502);
  });

  it('gets 504 when nothing is answered for a minute', async () => {
    const listener = await client.listen();
    const asked = next(listener);
    const answered = client.sendOrder();
    await asked;
    await lab.clock.advance(60_000);
    expect((await answered).status).toBe(504);
  });

  it.each([502, 504])('a listener must not answer %i', async (statusCode) => {
    const listener = await client.listen();
    const asked = next(listener);
    const answered = client.sendOrder();
    const { request: told } = (await asked) as unknown as Asked;
    listener.send(answer(told.id, { statusCode }));
    expect((await answered).status).toBe(500);
  });

  it('needs a token with the right to send', async () => {
    await client.listen();
    expect((await client.send('/orders')).status).toBe(401);
    expect(
      (await client.send('/orders', { headers: { Authorization: client.token('listener') } })).status,
    ).toBe(403);
    expect((await client.send('/nothing')).status).toBe(404);
  });
});
