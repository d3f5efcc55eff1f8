import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoopbackProxy, loopbackProxy } from '../../harness/engines/embedded/loopback-proxy.js';
import { type OpenCloud, openCloud } from '../../harness/engines/embedded/testing.js';
import { documentedSite } from '../../harness/site/documented.js';
import type { CloudFault, SiteInput } from '../../harness/site/schema.js';
import { toPem } from '../pki/x509.js';
import { serviceNames } from '../protocol/names.js';
import { connectorClientId, registrationScope } from '../protocol/oauth.js';

/**
 * curl and OpenSSL take a connector's part, with requests written by hand as they were captured: what
 * they can do with the cloud, software that nobody here wrote can.
 */
const run = promisify(execFile);
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

let lab: OpenCloud;
let proxy: LoopbackProxy;
let folder: string;

beforeAll(async () => {
  lab = await openCloud(site);
  proxy = await loopbackProxy(lab.network.server('app-proxy-01'), { account: 'administrator' });
  folder = await mkdtemp(join(tmpdir(), 'connector-lab-clients-'));
  await openssl('genrsa -out own.key 2048');
  await file('roots.pem', lab.pki.roots.map(({ der }) => toPem(der)).join(''));
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await lab[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function file(name: string, content: string | Uint8Array): Promise<void> {
  await writeFile(join(folder, name), content);
}

/** What a program says, however it ends. */
async function said(program: string, args: readonly string[]): Promise<string> {
  const running = run(program, args, { cwd: folder, timeout: 10_000 });
  // Nothing more is typed: s_client ends after the handshake.
  running.child.stdin?.end();
  const { stdout, stderr } = await running.catch((error: { stdout: string; stderr: string }) => error);
  return stdout + stderr;
}

const openssl = (command: string, ...more: string[]) => said('openssl', [...command.split(' '), ...more]);
const throughProxy = () => proxy.url.replace('http://', '');

async function curl(url: string, ...args: string[]): Promise<{ status: number; body: string }> {
  const out = await said('curl', [
    ...['--silent', '--show-error', '--proxy', proxy.url, '--cacert', 'roots.pem'],
    ...['--write-out', '\n%{http_code}', ...args, url],
  ]);
  const end = out.lastIndexOf('\n');
  return { status: Number(out.slice(end + 1)), body: out.slice(0, end) };
}

const xml = ['--header', 'Content-Type: application/xml; charset=utf-8', '--data-binary'];
const contracts = 'http://schemas.datacontract.org/2004/07/Microsoft.ApplicationProxy.Common';
const instance = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"';

async function token(user: string): Promise<string> {
  const form = {
    grant_type: 'password',
    client_id: connectorClientId,
    scope: registrationScope,
    username: user,
    password: 'lab',
  };
  const fields = Object.entries(form).flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`]);
  const { body } = await curl(`https://${names.authority}/${tenant}/oauth2/v2.0/token`, ...fields);
  return (JSON.parse(body) as { access_token: string }).access_token;
}

/** As an installer sent it, in 2024. */
function registration(csr: string, bearer: string, tenantId = tenant): string {
  const system = `i:type="a:SystemSettings" xmlns:a="${contracts}.Utilities.SystemSettings"><a:MachineName>curl-01</a:MachineName><a:OsLanguage>1033</a:OsLanguage><a:OsLocale>0409</a:OsLocale><a:OsSku>8</a:OsSku><a:OsVersion>10.0.17763</a:OsVersion>`;
  return `<RegistrationRequest xmlns="${contracts}.Registration" ${instance}>
    <Base64Csr>${csr}</Base64Csr>
    <AuthenticationToken>${bearer}</AuthenticationToken>
    <Base64Pkcs10Csr i:nil="true"/>
    <Feature>ApplicationProxy</Feature>
    <FeatureString>ApplicationProxy</FeatureString>
    <RegistrationRequestSettings>
      <SystemSettingsInformation xmlns="${contracts}.RegistrationCommons" ${system}</SystemSettingsInformation>
      <PSModuleVersion>1.5.3437.0</PSModuleVersion>
      <SystemSettings ${system}</SystemSettings>
    </RegistrationRequestSettings>
    <TenantId>${tenantId}</TenantId>
    <UserAgent>ApplicationProxyConnector/1.5.3437.0</UserAgent>
  </RegistrationRequest>`;
}

function bootstrapRequest(connectorId: string): string {
  return `<BootstrapRequest xmlns="${contracts}.SignalerDataModel" ${instance}>
    <AgentSdkVersion>1.5.3437.0</AgentSdkVersion>
    <AgentVersion>1.5.3437.0</AgentVersion>
    <BootstrapDataModelVersion>1.5.3437.0</BootstrapDataModelVersion>
    <ConnectorId>${connectorId}</ConnectorId>
    <ConnectorVersion>1.5.3437.0</ConnectorVersion>
    <ConsecutiveFailures>0</ConsecutiveFailures>
    <CurrentProxyPortResponseMode>Primary</CurrentProxyPortResponseMode>
    <FailedRequestMetrics xmlns:a="${contracts}.BootstrapDataModel"/>
    <InitialBootstrap>true</InitialBootstrap>
    <MachineName>curl-01</MachineName>
    <OperatingSystemLanguage>1033</OperatingSystemLanguage>
    <OperatingSystemLocale>0409</OperatingSystemLocale>
    <OperatingSystemSKU>8</OperatingSystemSKU>
    <OperatingSystemVersion>10.0.17763</OperatingSystemVersion>
    <RequestId>45a4a55a-d85c-4b10-a396-04ceeec94541</RequestId>
    <SubscriptionId>${tenant}</SubscriptionId>
    <TriggerErrors/>
    <UpdaterStatus>Running</UpdaterStatus>
    <UseSpnegoAuthentication>false</UseSpnegoAuthentication>
  </BootstrapRequest>`;
}

const registrationUrl = `https://${names.registration}/register/RegisterConnector`;
const bootstrapUrl = `https://${names.bootstrap}/ConnectorBootstrap`;
const register = (body: string) => curl(registrationUrl, ...xml, body);
const element = (body: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];

async function makeRequest(...options: string[]): Promise<string> {
  await openssl('req -new -key own.key -out own.csr -outform DER -subj /', ...options);
  return (await said('base64', ['-w0', 'own.csr'])).trim();
}

/** Registers as the administrator; leaves `own.pem`. */
async function enrol(): Promise<string> {
  const csr = await makeRequest();
  const { body } = await register(registration(csr, await token('admin@contoso.test')));
  await file('own.der', Buffer.from(element(body, 'Certificate') ?? '', 'base64'));
  await openssl('x509 -inform DER -in own.der -out own.pem');
  return body;
}

/** Who the certificate says it is, as .NET makes a GUID of sixteen bytes. */
async function connectorId(): Promise<string> {
  const der = await openssl('asn1parse -in own.pem');
  const id = /311\.82\.1\n.*\[HEX DUMP\]:([0-9A-F]{32})/.exec(der)?.[1] ?? '';
  const [, a = '', b = '', c = '', d, e] = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(id) ?? [];
  const turned = (bytes: string) => bytes.match(/../g)?.reverse().join('') ?? '';
  return `${turned(a)}-${turned(b)}-${turned(c)}-${d}-${e}`.toLowerCase();
}

const report = async (certificate = asConnector, about?: string) =>
  curl(bootstrapUrl, ...certificate, ...xml, bootstrapRequest(about ?? (await connectorId())));
const asConnector = ['--cert', 'own.pem', '--key', 'own.key'];

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
    await lab.change(siteWith({ 'required-connector': '1.6' }));
    expect(element((await report()).body, 'ConnectorState')).toBe('UpdateRequired');
    await lab.change(siteWith({ message: { level: 'error', text: 'Renew <your> licence & go on' } }));
    const { body } = await report();
    expect(element(body, 'ConnectorState')).toBe('ErrorServiceMessage');
    expect(element(body, 'ServiceMessage')).toBe('Renew &lt;your&gt; licence &amp; go on');
    await lab.change(site);
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
  await file('new.der', Buffer.from(element(renewed.body, 'Certificate') ?? '', 'base64'));
  await openssl('x509 -inform DER -in new.der -out new.pem');
  const next = ['--cert', 'new.pem', '--key', 'own.key'];
  expect((await report(next)).status).toBe(200);
});

describe('OpenSSL looks at the running cloud', () => {
  const client = (host: string) =>
    openssl(
      `s_client -proxy ${throughProxy()} -connect ${host}:443 -servername ${host} -verify_hostname ${host} -CAfile roots.pem -verify_return_error -showcerts -msg`,
    );
  /** Keeps the chain that a host presents, as `leaf.pem` and `issuer.pem`. */
  async function keepChain(host: string): Promise<void> {
    const shown = await openssl(
      `s_client -proxy ${throughProxy()} -connect ${host}:443 -servername ${host} -showcerts`,
    );
    const [leaf = '', issuer = ''] =
      shown.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    await file('leaf.pem', `${leaf}\n`);
    await file('issuer.pem', `${issuer}\n`);
  }
  async function fetched(url: string, name: string): Promise<void> {
    await curl(url, '--output', name);
  }
  const faulty = (fault: CloudFault, host: string) => lab.change(siteWith({ faults: [{ fault, host }] }));

  it('s_client trusts the chain, and is asked for a certificate at bootstrap only', async () => {
    const asked = /CertificateRequest/;
    const bootstrap = await client(names.bootstrap);
    expect(bootstrap).toMatch(/Verify return code: 0 \(ok\)/);
    expect(bootstrap).toMatch(asked);
    const registered = await client(names.registration);
    expect(registered).toMatch(/Verify return code: 0 \(ok\)/);
    expect(registered).not.toMatch(asked);
  });

  it.each([
    ['certificate-expired', /certificate has expired/],
    ['certificate-not-yet-valid', /certificate is not yet valid/],
    ['certificate-wrong-name', /hostname mismatch/],
  ] as const)('s_client sees %s', async (fault, objection) => {
    await faulty(fault, names.bootstrap);
    expect(await client(names.bootstrap)).toMatch(objection);
    await lab.change(site);
    expect(await client(names.bootstrap)).toMatch(/Verify return code: 0 \(ok\)/);
  });

  async function verify(): Promise<string> {
    await keepChain(names.bootstrap);
    await fetched('http://crl4.digicert.com/lab-bootstrap.crl', 'one.crl');
    await fetched('http://crl3.digicert.com/lab-global-root-g2.crl', 'two.crl');
    const lists = ['one', 'two'].map((list) => openssl(`crl -inform DER -in ${list}.crl -outform PEM`));
    await file('lists.pem', (await Promise.all(lists)).join(''));
    return openssl(
      'verify -crl_check_all -x509_strict -CAfile roots.pem -untrusted issuer.pem -CRLfile lists.pem leaf.pem',
    );
  }

  it('verify -crl_check_all, with the lists as they are served', async () => {
    expect(await verify()).toMatch(/leaf\.pem: OK/);
    await faulty('certificate-revoked', names.bootstrap);
    expect(await verify()).toMatch(/certificate revoked/);
    await faulty('revocation-list-stale', 'crl4.digicert.com');
    expect(await verify()).toMatch(/CRL has expired/);
    await lab.change(site);
    expect(await verify()).toMatch(/leaf\.pem: OK/);
  });

  it('ocsp, over HTTP', async () => {
    const [host = ''] = names.data;
    const ask = async () => {
      await keepChain(host);
      return openssl(
        `ocsp -issuer issuer.pem -cert leaf.pem -url http://ocsp.digicert.com/ -proxy ${proxy.url} -CAfile roots.pem -verify_other issuer.pem -trust_other`,
      );
    };
    const good = await ask();
    expect(good).toMatch(/leaf\.pem: good/);
    expect(good).toMatch(/Response verify OK/);
    await faulty('ocsp-unknown', 'ocsp.digicert.com');
    expect(await ask()).toMatch(/leaf\.pem: unknown/);
    await faulty('certificate-revoked', host);
    expect(await ask()).toMatch(/leaf\.pem: revoked/);
    await lab.change(site);
    const { body } = await curl(
      'http://ocsp.digicert.com/',
      '--data-binary',
      'nonsense',
      '--output',
      'no.der',
    );
    expect(body).toBe('');
    expect(await openssl('ocsp -respin no.der -noverify')).toMatch(/malformedrequest/i);
  });
});

describe('curl feels the other switches', () => {
  it.each([
    ['service-unavailable', [], /^\n?503$|\n503$/],
    ['throttled', ['--include'], /Retry-After: 30[\s\S]*\n429$/],
    ['slow-body', ['--max-time', '0.3'], /timed out/],
    ['half-closed', [], /curl: \(\d+\)/],
  ] as const)('%s', async (fault, more, seen) => {
    await lab.change(siteWith({ faults: [{ fault, host: names.bootstrap }] }));
    const { status, body } = await curl(bootstrapUrl, ...more);
    expect(`${body}\n${status}`).toMatch(seen);
    await lab.change(site);
    expect((await curl(bootstrapUrl)).status).toBe(403);
  });
});
