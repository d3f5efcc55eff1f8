import { describe, expect, it } from 'vitest';
import { ConnectionTracking } from './connection-tracking.js';

const event = (connection: string) => ({
  kind: 'connection' as const,
  connection,
  host: 'a.example',
  address: '198.18.64.1',
  port: 443,
});

describe('what a device opens for a connection that it does not name', () => {
  it('is for the oldest to the same place that has none and has not ended', () => {
    const tracking = new ConnectionTracking();
    for (const connection of ['over', 'first', 'second']) tracking.open('server', event(connection));
    tracking.close('over');
    tracking.carryOldest('up1', '198.18.64.1', 443);
    tracking.carryOldest('up2', '198.18.64.1', 443);
    expect([tracking.idOf('up1'), tracking.idOf('up2')]).toEqual([
      tracking.idOf('first'),
      tracking.idOf('second'),
    ]);
  });

  it('is for the one that is heard of later, where the device was heard first', () => {
    const tracking = new ConnectionTracking();
    tracking.carryOldest('up', '198.18.64.1', 443);
    expect(tracking.idOf('up')).toBe('up');
    tracking.open('server', { ...event('elsewhere'), port: 80 });
    tracking.open('server', event('first'));
    tracking.open('server', event('second'));
    expect(tracking.idOf('up')).toBe(tracking.idOf('first'));
  });

  it('is of the past when another site is in place', () => {
    const tracking = new ConnectionTracking();
    tracking.carryOldest('up', '198.18.64.1', 443);
    tracking.turn();
    tracking.open('server', event('first'));
    expect(tracking.idOf('up')).toBe('up');
  });

  it('may go through a second device, which can be heard of before the first', () => {
    const tracking = new ConnectionTracking();
    const told: string[] = [];
    tracking.withKnown('second', ({ id }) => told.push(id));
    tracking.carry('second', 'first');
    tracking.carryOldest('first', '198.18.64.1', 443);
    tracking.open('server', event('client'));
    expect([tracking.idOf('second'), ...told]).toEqual([tracking.idOf('client'), tracking.idOf('client')]);
  });
});
