import { expect, it } from 'vitest';
import { documentedSite } from '../../../model/site/documented.js';
import { newestConnector } from '../../protocol/update.js';
import type { CloudContext, CloudRequest } from '../service.js';
import { CloudState } from '../state.js';
import { updates } from './updates.js';

const old = '1.5.3417.0';
const site = documentedSite({
  servers: [{ name: 'a1' }, { name: 'a2' }, { name: 'b1' }],
  'connector-groups': [{ name: 'B', servers: ['b1'] }],
});

it('updates one connector of a group at a time, and groups apart from each other', async () => {
  const state = new CloudState();
  state.groups.seed(site);
  for (const id of ['a1', 'a2', 'b1'])
    state.connectors.set(id, { id, machineName: id, version: old, externalIp: '198.18.1.10' });
  const service = updates.answer?.({ state } as unknown as CloudContext);
  const ask = async (connectorId: string) => {
    const request = { certificate: 'valid', connectorId } as unknown as CloudRequest;
    const { body } = (await service?.(request)) ?? {};
    return JSON.parse(String(body)).version as string;
  };
  const report = (id: string) => {
    const connector = state.connectors.get(id);
    if (connector) connector.version = newestConnector;
  };
  expect(await ask('a1')).toBe(newestConnector);
  expect(await ask('a2')).toBe(old);
  expect(await ask('b1')).toBe(newestConnector);
  report('a1');
  expect(await ask('a2')).toBe(newestConnector);
});
