import { expect, it } from 'vitest';
import type { LabEvent } from '../../../model/evidence/event.js';
import { documentedSite } from '../../../model/site/documented.js';
import { engineForTests, runtimeForTests } from './testing.js';

const docker = await runtimeForTests();

it.skipIf(!docker)(
  'the network itself says what was asked for, what a rule learned, and what came to stand',
  async () => {
    if (!docker) return;
    const engine = await engineForTests(docker);
    const events: LabEvent[] = [];
    const site = documentedSite({
      firewall: {
        rules: [
          { allow: 'login.microsoftonline.com', port: 443 },
          { allow: '*.windows.net', port: 8 },
        ],
      },
      resolver: { faults: [{ name: 'silent.example', answer: 'timeout' }] },
    });
    const record = (event: LabEvent) => events.push(event);
    await using lab = await engine.open(site, { scenario: 'evidence', startAt: Date.now(), record });
    const reach = (host: string) =>
      lab.perform({ do: 'reach', from: 'app-proxy-01', account: 'network-service', host, port: 443 });
    await reach('login.microsoftonline.com');
    await reach('login.windows.net');
    await reach('silent.example');
    const queries = events.filter((event) => event.kind === 'query');
    const from = 'app-proxy-01';
    expect(queries).toEqual([
      expect.objectContaining({
        ...{ machine: 'resolver', from, name: 'login.microsoftonline.com', outcome: 'ok' },
        taught: ['allow login.microsoftonline.com port 443'],
      }),
      expect.objectContaining({ name: 'login.windows.net', taught: ['allow *.windows.net port 8'] }),
      expect.objectContaining({ name: 'silent.example', outcome: 'dns-timeout', addresses: [] }),
    ]);
    const connectionTo = (host: string) =>
      events.flatMap((event) =>
        event.kind === 'connection' && event.host === host ? event.connection : [],
      )[0];
    const states = events.flatMap((event) =>
      event.kind === 'state' ? `${event.connection} ${event.state}` : [],
    );
    expect(states).toContain(`${connectionTo('login.microsoftonline.com')} established`);
    expect(states.join()).not.toContain(`${connectionTo('login.windows.net')} `);
  },
);
