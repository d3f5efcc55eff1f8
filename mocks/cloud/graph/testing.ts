import { PublicClientApplication } from '@azure/msal-node';
import {
  AuthenticationHandler,
  Client,
  type Context,
  RetryHandler,
  RetryHandlerOptions,
} from '@microsoft/microsoft-graph-client';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { documentedSite } from '../../../model/site/documented.js';
import { Connector } from '../../connector/connector.js';
import { type LabFetch, labFetch } from '../../testing/lab-fetch.js';
import { type OpenCloud, openCloud } from '../../testing/open-cloud.js';
import { graphToolsClientId } from '../sign-in/clients.js';
import { msalNetwork, signInAt } from '../sign-in/testing.js';

export const daemon = { id: '0f1e2d3c-4b5a-4697-8877-66554433aa01', name: 'Nightly job', secret: 'a secret' };
export const site = documentedSite({
  servers: [{ name: 'berlin-1' }, { name: 'berlin-2' }, { name: 'oslo-1' }],
  tenant: { clients: [daemon] },
  applications: [
    {
      name: 'Intranet',
      external: 'https://intranet-contoso.msappproxy.net/',
      internal: 'http://intranet.contoso.test/',
    },
    {
      name: 'Wiki',
      external: 'https://wiki-contoso.msappproxy.net/',
      internal: 'http://wiki.contoso.test/',
      group: 'Oslo',
    },
  ],
  'connector-groups': [{ name: 'Oslo', servers: ['oslo-1'], region: 'nam' }],
});
export const authority = `https://login.microsoftonline.com/${site.tenant.id}`;
export const profile = '/onPremisesPublishingProfiles/applicationProxy';
export const hour = 3_600_000;

/** Something as a list of Graph shows it. */
export interface Shown {
  id: string;
  name: string;
  region: string;
  machineName: string;
  status: string;
}

/** How something is named in the body of a request that ties it to another thing. */
export const refer = (collection: string, id: string) => ({
  '@odata.id': `https://graph.microsoft.com/beta${profile}/${collection}/${id}`,
});

/**
 * Microsoft's Graph library, with tokens of MSAL, over the lab's names and certificates. One for the tests
 * of a file; each begins with the groups that the site has.
 */
export class GraphLab {
  readonly connectors: Connector[] = [];
  cloud!: OpenCloud;
  send!: LabFetch;
  /** An administrator's. */
  token!: string;

  constructor() {
    beforeAll(() => this.#open());
    beforeEach(async () => {
      // Another site and back: groups are as the site has them again.
      await this.cloud.change(documentedSite());
      await this.cloud.change(site);
    });
    afterAll(async () => {
      for (const one of [...this.connectors, this.cloud]) await one[Symbol.asyncDispose]();
    });
  }

  async tokenOf(name: string, permission: string): Promise<string> {
    const client = new PublicClientApplication({
      auth: { clientId: graphToolsClientId, authority },
      system: { networkClient: msalNetwork(this.send) },
    });
    const scopes = [`https://graph.microsoft.com/${permission}`];
    const asked = { scopes, redirectUri: 'http://localhost:8400' };
    const back = (await signInAt(this.send, await client.getAuthCodeUrl(asked), name)) as URL;
    const answer = await client.acquireTokenByCode({ ...asked, code: back.searchParams.get('code') ?? '' });
    return answer.accessToken;
  }

  /** A new token for the administrator, after the old one's time. */
  async signInAgain(): Promise<void> {
    this.token = await this.tokenOf('admin@contoso.test', 'Directory.AccessAsUser.All');
  }

  /** The library's own chain, with the lab in place of its last part. */
  graph(accessToken = this.token): Client {
    const authentication = new AuthenticationHandler({ getAccessToken: async () => accessToken });
    const retry = new RetryHandler(new RetryHandlerOptions(0, 0));
    authentication.setNext(retry);
    retry.setNext({
      execute: async (context: Context) => {
        context.response = await this.send(String(context.request), context.options as RequestInit);
      },
    });
    return Client.initWithMiddleware({ middleware: authentication, defaultVersion: 'beta' });
  }

  /** What is listed below the profile. */
  async list(path: string): Promise<Shown[]> {
    const { value } = await this.graph()
      .api(profile + path)
      .get();
    return value;
  }

  async idOf(path: string, name: string): Promise<string> {
    return (await this.list(path)).find((one) => one.name === name || one.machineName === name)?.id ?? '';
  }

  async #open(): Promise<void> {
    this.cloud = await openCloud(site);
    const { pki, certificates } = this.cloud;
    this.send = labFetch(this.cloud.dialer(), this.cloud.trust);
    for (const server of site.servers) {
      const stack = this.cloud.stack(server.name);
      const connector = new Connector({ stack, server, site, roots: pki.roots, certificates });
      this.connectors.push(connector);
      for (const operation of ['install', 'sign-in', 'register', 'bootstrap'] as const)
        await connector.perform(operation);
    }
    await this.signInAgain();
  }
}
