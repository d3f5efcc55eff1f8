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

  it('stays with its connection where its first packet is sent again, as on a line that loses some', () => {
    const tracking = new ConnectionTracking();
    for (const connection of ['first', 'second']) tracking.open('server', event(connection));
    tracking.carryOldest('up', '198.18.64.1', 443);
    tracking.carryOldest('up', '198.18.64.1', 443);
    expect(tracking.idOf('up')).toBe(tracking.idOf('first'));
    tracking.carryOldest('other', '198.18.64.1', 443);
    expect(tracking.idOf('other')).toBe(tracking.idOf('second'));
  });

  it('waits once where its first packet is sent again before anybody is heard of', () => {
    const tracking = new ConnectionTracking();
    tracking.carryOldest('up', '198.18.64.1', 443);
    tracking.carryOldest('up', '198.18.64.1', 443);
    for (const connection of ['first', 'second']) tracking.open('server', event(connection));
    expect(tracking.idOf('up')).toBe(tracking.idOf('first'));
  });

  it('is of a later connection where the port is used again', () => {
    const tracking = new ConnectionTracking();
    tracking.open('server', event('first'));
    tracking.carryOldest('up', '198.18.64.1', 443);
    tracking.close('first');
    tracking.open('server', event('second'));
    tracking.carryOldest('up', '198.18.64.1', 443);
    expect(tracking.idOf('up')).toBe(tracking.idOf('second'));
  });

  it('is for nobody whom a firewall has refused by name, though its end was not seen yet', () => {
    const tracking = new ConnectionTracking();
    tracking.withKnown('refused', (known) => {
      known.refused = true;
    });
    for (const connection of ['refused', 'first']) tracking.open('server', event(connection));
    tracking.carryOldest('up', '198.18.64.1', 443);
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
