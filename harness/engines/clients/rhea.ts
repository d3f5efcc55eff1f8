import { once } from 'node:events';
import type { Connection, EventContext } from 'rhea';
import { expect, it } from 'vitest';
import type { ClientOptions } from 'ws';
import { servicePathOf } from '../../../mocks/cloud/relay/control.js';
import { rheaListener } from '../../../mocks/cloud/relay/testing.js';
import { makeSas } from '../../../mocks/protocol/sas.js';
import { byProxy, secured } from '../../../mocks/testing/lab-fetch.js';
import { type InLab, names, site } from './in-lab.js';
import { element, enrolment } from './programs.js';

const hour = 3_600_000;

/** rhea with what bootstrap told curl: nothing of the lab's own connector has a part in it. */
export function rhea(inLab: () => InLab): void {
  it('rhea listens with the key of a bootstrap, is told of a request, and says that it was not delivered', async () => {
    const { programs, users, lab } = inLab();
    const { enrol, connectorId, report } = await enrolment(programs, site);
    await enrol('script@contoso.test');
    const told = await report();
    const key = element(told.body, 'a:SharedAccessKey') ?? '';
    const [{ host } = { host: '' }] = names.namespaces;
    expect(told.body).toContain(host.split('.')[0]);
    const path = servicePathOf(site.tenant.id, await connectorId());

    async function listener(keyUsed: string): Promise<Connection> {
      const socket = await secured(byProxy(users.url), lab.trust, host);
      const createConnection = (() => socket) as unknown as NonNullable<ClientOptions['createConnection']>;
      const token = makeSas(`http://${host}/${path}/`, keyUsed, 'Connector', Date.now() + hour);
      return rheaListener(`ws://${host}`, { createConnection, headers: { host } }, { host, path, token });
    }

    const [{ sender: refused }] = (await once(await listener('AAAA'), 'sender_error')) as [EventContext];
    expect(refused?.error).toMatchObject({ condition: 'amqp:unauthorized-access' });

    const connection = await listener(key);
    const [{ sender }] = (await once(connection, 'sendable')) as [EventContext];
    const message = once(connection, 'message') as Promise<[EventContext]>;
    const asked = programs.curl(site.applications[0]?.external ?? '', '--proxy', users.url);
    const [{ message: signal }] = await message;
    expect(signal?.body).toEqual({
      RelayId: expect.any(String),
      RelayAddress: expect.stringMatching(/^gv?\d+-/),
    });
    sender?.send({ body: { RelayId: signal?.body.RelayId, Delivered: false } });
    expect(await asked).toMatchObject({ status: 504, body: expect.stringContaining('Gateway Timeout') });
    const closed = once(connection, 'connection_close');
    connection.close();
    await closed;
  });
}
