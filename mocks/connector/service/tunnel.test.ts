import { beforeEach, expect, it } from 'vitest';
import { documentedSite } from '../../../model/site/documented.js';
import { ConnectorLab, everyOk, life } from '../testing.js';

const target = { host: 'files.contoso.test', port: 445 };
const site = documentedSite({
  'private-access': {
    'quick-access': { segments: [{ to: target.host, ports: target.port }] },
    resources: [{ host: target.host, ports: [target.port] }],
  },
});

const lab = new ConnectorLab();
beforeEach(async () => {
  await lab.open(site);
  expect(await lab.perform(...life, 'tunnel')).toEqual([...everyOk, 'ok']);
});

it('a tunnel stays open when the connector listens anew: signalling is a connection of its own', async () => {
  expect(await lab.access(target)).toBe('ok');
  await lab.connector.perform('listen');
  expect(await lab.access(target)).toBe('ok');
});

it('a tunnel is gone when the service has stopped', async () => {
  await lab.connector.service('connector', 'stop');
  expect(await lab.access(target)).toBe('tcp-drop');
});
