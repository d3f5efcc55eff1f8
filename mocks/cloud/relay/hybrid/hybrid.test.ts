import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { makeSas } from '../../../protocol/sas.js';
import { closeOf, type OpenRelay, openRelay, startAt } from '../testing.js';
import { clientOf, type HybridClient, host, hour, next, refused, settings } from './testing.js';

let lab: OpenRelay;
let client: HybridClient;

beforeEach(async () => {
  lab = await openRelay({ cloud: settings });
  client = clientOf(lab);
});

afterEach(() => lab[Symbol.asyncDispose]());

describe('a sender by WebSocket', () => {
  it('meets the listener at a gateway, and each hears what the other says', async () => {
    const listener = await client.listen();
    const offered = next(listener);
    const sender = lab.dial(host, `${client.target('connect', client.token('sender'))}&colour=red`, 'chat', {
      headers: { 'x-own': 'yes', ServiceBusAuthorization: 'not handed on' },
    });
    const { accept } = (await offered) as unknown as { accept: Record<string, never> };
    expect(accept).toMatchObject({ connectHeaders: { 'x-own': 'yes', Via: `1.1 ${host}` } });
    expect(JSON.stringify(accept)).not.toContain('not handed on');
    const address = String(accept.address);
    expect(new URL(address).hostname).toMatch(/^gv?\d+-prod-.*-sb\.servicebus\.windows\.net$/);
    expect(address).toContain('colour=red');
    const opened = once(sender, 'open');
    const accepted = client.come(address, 'chat');
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
    const listener = await client.listen();
    const offered = next(listener);
    const sender = refused(lab.dial(host, client.target('connect', client.token('sender'))));
    const { accept } = (await offered) as unknown as { accept: { address: string } };
    const no = client.come(`${accept.address}&sb-hc-statusCode=409&sb-hc-statusDescription=Busy`);
    expect((await refused(no))[0]).toBe(410);
    expect(await sender).toEqual([409, 'Busy']);
  });

  it('can be met once, in time, and at its gateway only', async () => {
    const listener = await client.listen();
    const connect = async () => {
      const offered = next(listener);
      const sender = lab.dial(host, client.target('connect', client.token('sender')));
      const { accept } = (await offered) as unknown as { accept: { address: string } };
      return { sender, address: accept.address };
    };
    const first = await connect();
    const elsewhere = first.address.replace(/g\w*(?=-prod)/, 'g99');
    expect((await refused(client.come(elsewhere)))[0]).toBe(403);
    await once(client.come(first.address), 'open');
    expect((await refused(client.come(first.address)))[0]).toBe(403);
    const second = await connect();
    const late = refused(second.sender);
    await lab.clock.advance(30_000);
    expect((await late)[0]).toBe(504);
    expect((await refused(client.come(second.address)))[0]).toBe(403);
  });
});

describe('a handshake', () => {
  it.each<[number, string, () => string]>([
    [404, 'an unknown path', () => client.target('listen', client.token('listener'), 'nothing')],
    [401, 'no token', () => client.target('listen')],
    [401, 'a token that is none', () => client.target('listen', 'SharedAccessSignature x')],
    [401, 'an expired token', () => client.target('listen', client.token('listener', startAt - 1000))],
    [
      401,
      'a forged token',
      () => client.target('listen', makeSas(`http://${host}/orders`, 'x', 'listener', startAt + hour)),
    ],
    [403, "a sender's token for listening", () => client.target('listen', client.token('sender'))],
    [403, "a listener's token for sending", () => client.target('connect', client.token('listener'))],
    [
      403,
      'a token for another path',
      () => client.target('listen', client.token('listener', undefined, 'open')),
    ],
    [404, 'a sender without a listener', () => client.target('connect', client.token('sender'))],
    [400, 'an unknown action', () => client.target('inject', client.token('listener'))],
    [400, 'broken percent signs', () => '/$hc/%E0%A4?sb-hc-action=listen'],
  ])('%i for %s, with a tracking id', async (status, _, path) => {
    const [code, reason] = await refused(lab.dial(host, path()));
    expect(code).toBe(status);
    expect(reason).toMatch(/TrackingId:[0-9a-f-]{36}/);
  });

  it('is refused for the 26th listener', async () => {
    for (let count = 0; count < 25; count++) await client.listen();
    expect((await refused(lab.dial(host, client.target('listen', client.token('listener')))))[0]).toBe(403);
  });

  it('takes the token from a header, and none from senders where none is asked for', async () => {
    const headers = { ServiceBusAuthorization: client.token('RootManageSharedAccessKey', undefined, 'open') };
    const listener = lab.dial(host, client.target('listen', '', 'open'), undefined, { headers });
    await once(listener, 'open');
    const offered = next(listener);
    lab.dial(host, client.target('connect', '', 'open'));
    expect(await offered).toHaveProperty('accept');
  });
});

describe('the control channel', () => {
  it('closes with 1008 when the token ends, unless it is renewed', async () => {
    const listener = await client.listen(startAt + 60_000);
    listener.send(JSON.stringify({ renewToken: { token: client.token('listener', startAt + 120_000) } }));
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
    const listener = await client.listen();
    listener.send(JSON.stringify({ renewToken: { token: client.token('sender') } }));
    expect((await closeOf(listener))[0]).toBe(1008);
  });

  it('closes with 1001 when the service recycles it', async () => {
    const listener = await client.listen(startAt + 100 * hour);
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
    const other = await client.listen();
    const listener = await client.listen();
    listener.send(message);
    expect((await closeOf(listener))[0]).toBe(code);
    expect(other.readyState).toBe(WebSocket.OPEN);
  });
});
