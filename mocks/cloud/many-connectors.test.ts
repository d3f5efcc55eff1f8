import { expect, it } from 'vitest';
import { documentedSite } from '../../model/site/documented.js';
import { Reporter } from '../connector/service/reporter.js';
import { Transport } from '../connector/transport.js';
import { WindowsHost } from '../connector/windows-host.js';
import { connectorIdOf } from '../pki/connector-authority.js';
import { createConnectorRequest } from '../pki/connector-request.js';
import { toPem } from '../pki/x509.js';
import { serviceNames } from '../protocol/names.js';
import { connectorClientId, registrationScope, tokenReplySchema } from '../protocol/oauth.js';
import { decodeTrustResult, encodeRegistration, registrationPath } from '../protocol/registration.js';
import { labFetch } from '../testing/lab-fetch.js';
import { openCloud } from '../testing/open-cloud.js';

const site = documentedSite({
  servers: Array.from({ length: 50 }, (_, index) => ({ name: `app-proxy-${index + 1}` })),
  tenant: {
    users: [{ name: 'admin@contoso.test', roles: ['application-administrator'], 'second-factor': 'none' }],
  },
});
const names = serviceNames(site);

/** An administrator registers all with one sign-in: fifty of those would be most of the work. */
it('fifty connectors on one cloud stay active for an hour, each reporting every ten minutes', async () => {
  await using lab = await openCloud(site);
  const send = labFetch(lab.dialer('app-proxy-1'), lab.trust);
  const grant = {
    grant_type: 'password',
    client_id: connectorClientId,
    scope: registrationScope,
    username: 'admin@contoso.test',
    password: 'lab',
  };
  const granted = await send(`https://${names.authority}/${site.tenant.id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(grant),
  });
  const { access_token: token } = tokenReplySchema.parse(await granted.json());
  const reporters = await Promise.all(
    site.servers.map(async (server) => {
      const { csrDer, keyPem } = await createConnectorRequest();
      const host = new WindowsHost(server, site);
      const reply = await send(`https://${names.registration}${registrationPath}`, {
        method: 'POST',
        body: encodeRegistration({
          csrDer,
          token,
          tenantId: site.tenant.id,
          machineName: server.name,
          osVersion: host.osVersion,
          connectorVersion: server.connector,
        }),
      });
      const result = decodeTrustResult('RegistrationResult', await reply.text());
      if (!result.isSuccessful) throw new Error(result.errorMessage);
      const identity = {
        connectorId: connectorIdOf(result.certificateDer),
        certificatePem: toPem(result.certificateDer),
        keyPem,
      };
      const stack = lab.stack(server.name);
      const transport = new Transport({
        stack,
        certificates: lab.certificates,
        host: () => host,
        roots: () => lab.pki.roots,
        refreshRoots: async () => false,
      });
      return new Reporter({
        stack,
        transport,
        host: () => host,
        names: () => names,
        identity: () => identity,
        renewed() {},
        async updateRequired() {},
      });
    }),
  );
  await Promise.all(reporters.map((reporter) => reporter.bootstrap()));
  await lab.clock.advance(3_600_000);
  for (const { name } of site.servers) lab.cloud.viewConnector(name);
  expect(lab.seen('portal').map(({ status }) => status)).toEqual(Array(50).fill('active'));
  const reports = lab.seen('attempt').filter(({ operation }) => operation === 'bootstrap');
  expect(reports.map(({ outcome }) => outcome)).toEqual(Array(7 * 50).fill('ok'));
  // The control: without their reports none of them is.
  for (const reporter of reporters) reporter.stop();
  await lab.clock.advance(3_600_000);
  for (const { name } of site.servers) lab.cloud.viewConnector(name);
  expect(
    new Set(
      lab
        .seen('portal')
        .slice(50)
        .map(({ status }) => status),
    ),
  ).toEqual(new Set(['inactive']));
});
