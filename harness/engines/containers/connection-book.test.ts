import { describe, expect, it } from 'vitest';
import { ConnectionBook } from './connection-book.js';

const event = (connection: string) => ({
  kind: 'connection' as const,
  connection,
  host: 'a.example',
  address: '198.18.64.1',
  port: 443,
});

describe('what a device opens for a connection that it does not name', () => {
  it('is for the oldest to the same place that has none and has not ended', () => {
    const book = new ConnectionBook();
    for (const connection of ['over', 'first', 'second']) book.open('server', event(connection));
    book.close('over');
    book.carryOldest('up1', '198.18.64.1', 443);
    book.carryOldest('up2', '198.18.64.1', 443);
    expect([book.idOf('up1'), book.idOf('up2')]).toEqual([book.idOf('first'), book.idOf('second')]);
  });

  it('is for the one that is heard of later, where the device was heard first', () => {
    const book = new ConnectionBook();
    book.carryOldest('up', '198.18.64.1', 443);
    expect(book.idOf('up')).toBe('up');
    book.open('server', { ...event('elsewhere'), port: 80 });
    book.open('server', event('first'));
    book.open('server', event('second'));
    expect(book.idOf('up')).toBe(book.idOf('first'));
  });

  it('is of the past when another site is in place', () => {
    const book = new ConnectionBook();
    book.carryOldest('up', '198.18.64.1', 443);
    book.turn();
    book.open('server', event('first'));
    expect(book.idOf('up')).toBe('up');
  });
});
