import { afterEach, beforeEach, expect, it } from 'vitest';
import { type OpenCloud, openCloud } from '../../../harness/engines/embedded/testing.js';
import { siteAddresses } from '../../../model/site/addresses.js';
import { documentedSite } from '../../../model/site/documented.js';
import { Applications } from '../../applications/applications.js';
import { Visitor } from '../../users/visitor.js';
import { Connector } from '../connector.js';

const target = { host: 'files.contoso.test', port: 445 };
const site = documentedSite({
  'private-access': {
    'quick-access': { segments: [{ to: target.host, ports: target.port }] },
    resources: [{ host: target.host, ports: [target.port] }],
  },
});

let lab: OpenCloud;
let applications: Applications;
let connector: Connector;
let users: Visitor;

beforeEach(async () => {
  lab = await openCloud(site);
  const [server] = site.servers;
  if (!server) throw new Error('the site has a server');
  const { network, pki } = lab;
  applications = new Applications(network.internet('applications'));
  await applications.setSite(site, siteAddresses(site).applications);
  connector = new Connector({ stack: network.server(server.name), server, site, roots: pki.roots });
  users = new Visitor({ stack: network.internet('user'), roots: pki.roots, site: () => site });
  for (const operation of ['install', 'sign-in', 'register', 'bootstrap', 'listen', 'tunnel'] as const)
    await connector.perform(operation);
});
afterEach(async () => {
  for (const one of [connector, applications, lab]) await one[Symbol.asyncDispose]();
});

async function connects(): Promise<string | undefined> {
  await users.access(target);
  return lab.events.findLast((event) => event.kind === 'access')?.outcome;
}

it('a tunnel stays open when the connector listens anew: signalling is a connection of its own', async () => {
  expect(await connects()).toBe('ok');
  await connector.perform('listen');
  expect(await connects()).toBe('ok');
});

it('a tunnel is gone when the service has stopped', async () => {
  connector.service('connector', 'stop');
  expect(await connects()).toBe('tcp-drop');
});
