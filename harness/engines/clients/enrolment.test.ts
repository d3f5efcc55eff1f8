import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { serviceNames } from '../../../mocks/protocol/names.js';
import { documentedSite } from '../../../model/site/documented.js';
import type { SiteInput } from '../../../model/site/schema.js';
import {
  asConnector,
  captured,
  contracts,
  type Enrolment,
  element,
  enrolment,
  instance,
  openPrograms,
  type Programs,
  xml,
} from './programs.js';
import { type ClientLab, openClientLab } from './testing.js';

/**
 * curl and OpenSSL take a connector's part, with requests written by hand as they were captured: what
 * they can do with the cloud, software that nobody here wrote can.
 */
/** The administrator needs no second factor, so that a password is enough for a token. */
const people = {
  users: [
    {
      name: 'admin@contoso.test',
      roles: ['application-administrator' as const],
      'second-factor': 'none' as const,
    },
    { name: 'mira@contoso.test' },
  ],
};
const siteWith = (cloud: SiteInput['cloud'] = {}) => documentedSite({ tenant: people, cloud });
const site = siteWith();
const names = serviceNames(site);
const tenant = site.tenant.id;
const { bootstrapRequest, registration } = captured(tenant);

let opened: ClientLab;
let programs: Programs;
let enrolling: Enrolment;
const { curl, openssl } = {
  curl: (url: string, ...args: string[]) => programs.curl(url, ...args),
  openssl: (command: string, ...more: string[]) => programs.openssl(command, ...more),
};

beforeAll(async () => {
  opened = await openClientLab(site);
  programs = await openPrograms(opened.lab);
  enrolling = await enrolment(programs, site);
});
afterAll(async () => {
  for (const one of [programs, opened]) await one[Symbol.asyncDispose]();
});

const { token, register, makeRequest, enrol, connectorId, report } = {
  token: (user: string) => enrolling.token(user),
  register: (body: string) => enrolling.register(body),
  makeRequest: (...options: string[]) => enrolling.makeRequest(...options),
  enrol: () => enrolling.enrol('admin@contoso.test'),
  connectorId: () => enrolling.connectorId(),
  report: (certificate?: readonly string[], about?: string) => enrolling.report(certificate, about),
};
const bootstrapUrl = `https://${names.bootstrap}/ConnectorBootstrap`;

describe('curl registers a request that OpenSSL made', () => {
  it('and OpenSSL reads the certificate as documented', async () => {
    const body = await enrol();
    expect(body).toContain(`<RegistrationResult xmlns="${contracts}.Registration"`);
    expect([...body.matchAll(/<(Certificate|ErrorMessage|IsSuccessful)\b/g)].map(([, name]) => name)).toEqual(
      ['Certificate', 'ErrorMessage', 'IsSuccessful'],
    );
    expect(element(body, 'IsSuccessful')).toBe('true');
    const text = await openssl('x509 -in own.pem -noout -text');
    expect(text).toMatch(new RegExp(`Subject: CN ?= ?${tenant}`));
    expect(text).toMatch(/Issuer: CN ?= ?connectorregistrationca\.msappproxy\.net/);
    expect(text).toMatch(/TLS Web Client Authentication\n/);
    expect(text).toContain('Public-Key: (2048 bit)');
    expect(text).toMatch(/1\.3\.6\.1\.4\.1\.311\.82\.2: ?\n *v2:/);
    // Sixteen bytes as they are, which tools make a GUID of.
    expect(await openssl('asn1parse -in own.pem')).toMatch(
      /1\.3\.6\.1\.4\.1\.311\.82\.1\n.*\[HEX DUMP\]:[0-9A-F]{32}\n/,
    );
    const days = (count: number) => String(count * 86_400);
    expect(await openssl('x509 -in own.pem -noout -checkend', days(179))).toContain('will not expire');
    expect(await openssl('x509 -in own.pem -noout -checkend', days(181))).toContain('will expire');
    expect(await openssl('verify -CAfile roots.pem own.pem')).toMatch(/unable to get local issuer/);
  });

  it('signed with SHA-1 too, as was seen', async () => {
    const csr = await makeRequest('-sha1');
    const { body } = await register(registration(csr, await token('admin@contoso.test')));
    expect(element(body, 'IsSuccessful')).toBe('true');
  });

  it.each([
    [
      'no certificate request',
      async () => registration('bm8=', await token('admin@contoso.test')),
      /cannot be read/,
    ],
    ['a token that is none', async () => registration(await makeRequest(), 'e30.e30.e30'), /token/],
    [
      'the wrong tenant',
      async () =>
        registration(
          await makeRequest(),
          await token('admin@contoso.test'),
          '11111111-2222-3333-4444-555555555555',
        ),
      /another directory/,
    ],
    [
      'a user without a role',
      async () => registration(await makeRequest(), await token('mira@contoso.test')),
      /denied/,
    ],
  ])('%s is a 200 that says no', async (_, request, why) => {
    const { status, body } = await register(await request());
    expect(status).toBe(200);
    expect(element(body, 'IsSuccessful')).toBe('false');
    expect(element(body, 'ErrorMessage')).toMatch(why);
    expect(body).not.toContain('<Certificate>');
  });

  it.each([
    ['no XML', 'certificate, please'],
    ['cut off', registration('a', 'b').slice(0, 400)],
    ['another message', bootstrapRequest(tenant)],
    ['another namespace', registration('a', 'b').replace(`${contracts}.Registration"`, 'urn:other"')],
    [
      'members out of order',
      registration('a', 'b').replace(/(<Feature>.*<\/Feature>)([\s\S]*<TenantId>)/, '$2$1'),
    ],
    ['an entity', `<!DOCTYPE a [<!ENTITY x "y">]>${registration('&x;', 'b')}`],
  ])('%s is a 400', async (_, body) => {
    expect((await register(body)).status).toBe(400);
  });
});

describe('curl bootstraps', () => {
  it('with the certificate it was given, and is told its timers and endpoints', async () => {
    await enrol();
    const { status, body } = await report();
    expect(status).toBe(200);
    expect(body).toContain(`<BootstrapResponse xmlns="${contracts}.SignalerDataModel"`);
    expect(element(body, 'ConnectorState')).toBe('Ok');
    expect(element(body, 'PeriodicBootstrapIntervalMilliseconds')).toBe('600000');
    // The members in the order of the captured reply, as far as it is known.
    const members = [...body.matchAll(/<([A-Z]\w+)[ />]/g)].slice(1).map(([, name]) => name);
    expect(members).toEqual([...new Set(members)].sort());
    expect(element(body, 'TrustRenewEndpoint')).toBe(`https://${names.renewal}/renewTrust`);
  });

  it('not without a certificate, nor with one of its own making', async () => {
    expect((await curl(bootstrapUrl, ...xml, bootstrapRequest(tenant))).status).toBe(403);
    await openssl(
      'req -x509 -newkey rsa:2048 -nodes -keyout forged.key -out forged.pem -subj',
      `/CN=${tenant}`,
    );
    const forged = ['--cert', 'forged.pem', '--key', 'forged.key'];
    expect((await curl(bootstrapUrl, ...forged, ...xml, bootstrapRequest(tenant))).status).toBe(403);
  });

  it('not in the name of another connector', async () => {
    await enrol();
    expect((await report(asConnector, tenant)).status).toBe(403);
  });

  it('and hears what the service has to say', async () => {
    await enrol();
    await opened.lab.change(siteWith({ 'required-connector': '1.6' }));
    expect(element((await report()).body, 'ConnectorState')).toBe('UpdateRequired');
    await opened.lab.change(siteWith({ message: { level: 'error', text: 'Renew <your> licence & go on' } }));
    const { body } = await report();
    expect(element(body, 'ConnectorState')).toBe('ErrorServiceMessage');
    expect(element(body, 'ServiceMessage')).toBe('Renew &lt;your&gt; licence &amp; go on');
    await opened.lab.change(site);
  });

  it('not with what is no report', async () => {
    await enrol();
    expect((await curl(bootstrapUrl, ...asConnector, ...xml, '<BootstrapRequest/>')).status).toBe(400);
  });
});

it('curl renews, and bootstraps with the new certificate', async () => {
  await enrol();
  const csr = await makeRequest();
  const body = `<TrustRenewalRequest xmlns="${contracts}.Registration.TrustRenewal" ${instance}><Base64Csr xmlns="${contracts}.Registration">${csr}</Base64Csr><TrustRenewalRequestSettings><ConnectorVersion>1.5.3437.0</ConnectorVersion></TrustRenewalRequestSettings></TrustRenewalRequest>`;
  const url = `https://${names.renewal}/renewTrust/RenewTrustCertificate`;
  expect((await curl(url, ...xml, body)).status).toBe(403);
  const renewed = await curl(url, ...asConnector, ...xml, body);
  expect(element(renewed.body, 'IsSuccessful')).toBe('true');
  await programs.file('new.der', Buffer.from(element(renewed.body, 'Certificate') ?? '', 'base64'));
  await openssl('x509 -inform DER -in new.der -out new.pem');
  const next = ['--cert', 'new.pem', '--key', 'own.key'];
  expect((await report(next)).status).toBe(200);
});

describe('curl administers', () => {
  const url = (rest: string) => `https://${names.administration}/onPremisesPublishingProfiles${rest}`;
  const as = async (user: string) => ['--header', `Authorization: Bearer ${await token(user)}`];
  const named = (body: string, name: string) =>
    z
      .object({
        value: z.array(
          z.looseObject({
            id: z.string(),
            displayName: z.string(),
            agents: z.array(z.looseObject({ machineName: z.string() })),
          }),
        ),
      })
      .parse(JSON.parse(body))
      .value.find(({ displayName }) => displayName === name);

  it('agents and their groups', async () => {
    await enrol();
    const id = await connectorId();
    const admin = await as('admin@contoso.test');
    const agents = await curl(url("('applicationProxy')/agents"), ...admin);
    expect(JSON.parse(agents.body)).toMatchObject({
      value: [{ id, machineName: 'curl-01', status: 'inactive' }],
    });
    expect((await curl(url("('provisioning')/agents"), ...admin)).body).toBe('{"value":[]}');
    const put = ['--data-binary', '{"displayName":"Oslo"}'];
    const made = await curl(url("('applicationProxy')/agentGroups"), ...admin, ...put);
    expect(made.status).toBe(201);
    const { id: group } = JSON.parse(made.body) as { id: string };
    expect((await curl(url("('applicationProxy')/agentGroups"), ...admin, ...put)).status).toBe(409);
    const ref = JSON.stringify({ '@odata.id': url(`('applicationProxy')/agentGroups('${group}')`) });
    const moved = await curl(
      url(`('applicationProxy')/agents('${id}')/agentGroups/$ref`),
      ...admin,
      '--data-binary',
      ref,
    );
    expect(moved.status).toBe(204);
    const { body } = await curl(url("('applicationProxy')/agentGroups?$expand=agents"), ...admin);
    expect(named(body, 'Oslo')?.agents.map(({ machineName }) => machineName)).toEqual(['curl-01']);
    expect(named(body, 'Default')?.agents).toEqual([]);
  });

  it('not without a token, nor without a role', async () => {
    expect((await curl(url("('applicationProxy')/agents"))).status).toBe(401);
    expect((await curl(url("('applicationProxy')/agents"), ...(await as('mira@contoso.test')))).status).toBe(
      403,
    );
  });
});
