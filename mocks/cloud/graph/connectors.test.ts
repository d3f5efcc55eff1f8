import { describe, expect, it } from 'vitest';
import { GraphLab, hour, profile, site } from './testing.js';

const lab = new GraphLab();

describe('connectors', () => {
  it('are listed with their label and the address that was seen', async () => {
    expect(await lab.list('/connectors')).toEqual(
      site.servers.map(({ name }) => ({
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        machineName: name,
        externalIp: expect.stringMatching(/^198\.18\./),
        status: 'active',
        version: '1.5.3437.0',
      })),
    );
    expect(
      (await lab.list(`/connectors/${await lab.idOf('/connectors', 'oslo-1')}/memberOf`)).map(
        ({ name }) => name,
      ),
    ).toEqual(['Oslo']);
  });

  it('turn inactive when they report no more', async () => {
    for (const connector of lab.connectors) await connector.service('connector', 'stop');
    await lab.cloud.clock.advance(hour / 2);
    expect(new Set((await lab.list('/connectors')).map(({ status }) => status))).toEqual(
      new Set(['inactive']),
    );
    for (const connector of lab.connectors) await connector.service('connector', 'start');
    for (const connector of lab.connectors) await connector.perform('bootstrap');
    expect(new Set((await lab.list('/connectors')).map(({ status }) => status))).toEqual(new Set(['active']));
  });

  it('can be chosen, cut short and expanded', async () => {
    const query = lab
      .graph()
      .api(`${profile}/connectors`)
      .filter("machineName eq 'oslo-1'")
      .select('id,machineName')
      .expand('memberOf');
    expect((await query.get()).value).toEqual([
      {
        id: expect.any(String),
        machineName: 'oslo-1',
        memberOf: [expect.objectContaining({ name: 'Oslo' })],
      },
    ]);
  });
});
