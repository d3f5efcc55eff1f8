import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serviceNames } from '../../../mocks/protocol/names.js';
import { connectorClientId, registrationScope } from '../../../mocks/protocol/oauth.js';
import type { Site } from '../../../model/site/schema.js';
import type { Lab } from '../engine.js';
import { loopbackProxy } from '../loopback-proxy.js';

const run = promisify(execFile);

/** curl and OpenSSL in a lab, with a folder of their own; `roots.pem` is in it. */
export interface Programs extends AsyncDisposable {
  /** `127.0.0.1:41234`: the way into the lab for programs. */
  proxy: string;
  file(name: string, content: string | Uint8Array): Promise<void>;
  /** What OpenSSL says, however it ends. Words of the command are separated by blanks. */
  openssl(command: string, ...more: string[]): Promise<string>;
  /** What a program says, however it ends. */
  said(program: string, args: readonly string[]): Promise<string>;
  curl(url: string, ...args: string[]): Promise<{ status: number; body: string }>;
}

/** For tests: on the server, in the administrator's name. */
export async function openPrograms(lab: Pick<Lab, 'dialer' | 'trust'>): Promise<Programs> {
  const proxy = await loopbackProxy(lab.dialer('app-proxy-01', { account: 'administrator' }));
  const folder = await mkdtemp(join(tmpdir(), 'connector-lab-programs-'));
  const file = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);
  await file('roots.pem', lab.trust.roots);

  async function said(program: string, args: readonly string[]): Promise<string> {
    const running = run(program, args, { cwd: folder });
    // Nothing more is typed: s_client ends after the handshake.
    running.child.stdin?.end();
    const { stdout, stderr } = await running.catch((error: { stdout: string; stderr: string }) => error);
    return stdout + stderr;
  }

  return {
    file,
    said,
    proxy: proxy.url.replace('http://', ''),
    openssl: (command, ...more) => said('openssl', [...command.split(' '), ...more]),
    async curl(url, ...args) {
      const out = await said('curl', [
        ...['--silent', '--show-error', '--proxy', proxy.url, '--cacert', 'roots.pem'],
        ...['--write-out', '\n%{http_code}', ...args, url],
      ]);
      const end = out.lastIndexOf('\n');
      return { status: Number(out.slice(end + 1)), body: out.slice(0, end) };
    },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

export const contracts = 'http://schemas.datacontract.org/2004/07/Microsoft.ApplicationProxy.Common';
export const instance = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"';

/** Requests as they were captured, with a tenant of one's own. */
export const captured = (tenant: string) => ({
  /** As an installer sent it, in 2024. */
  registration(csr: string, bearer: string, tenantId = tenant): string {
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
  },

  bootstrapRequest(connectorId: string): string {
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
  },
});

export const xml = ['--header', 'Content-Type: application/xml; charset=utf-8', '--data-binary'];
export const asConnector: readonly string[] = ['--cert', 'own.pem', '--key', 'own.key'];
export const element = (body: string, name: string) =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];

/** curl registers and bootstraps with keys and requests of OpenSSL's. For users who need no second factor. */
export async function enrolment({ curl, openssl, said, file }: Programs, site: Site) {
  const names = serviceNames(site);
  const { registration, bootstrapRequest } = captured(site.tenant.id);
  await openssl('genrsa -out own.key 2048');

  async function token(user: string): Promise<string> {
    const form = {
      grant_type: 'password',
      client_id: connectorClientId,
      scope: registrationScope,
      username: user,
      password: 'lab',
    };
    const fields = Object.entries(form).flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`]);
    const { body } = await curl(`https://${names.authority}/${site.tenant.id}/oauth2/v2.0/token`, ...fields);
    return (JSON.parse(body) as { access_token: string }).access_token;
  }

  const register = (body: string) =>
    curl(`https://${names.registration}/register/RegisterConnector`, ...xml, body);

  async function makeRequest(...options: string[]): Promise<string> {
    await openssl('req -new -key own.key -out own.csr -outform DER -subj /', ...options);
    return (await said('base64', ['-w0', 'own.csr'])).trim();
  }

  /** Registers in a user's name; leaves `own.pem`. */
  async function enrol(user: string): Promise<string> {
    const csr = await makeRequest();
    const { body } = await register(registration(csr, await token(user)));
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
    curl(
      `https://${names.bootstrap}/ConnectorBootstrap`,
      ...certificate,
      ...xml,
      bootstrapRequest(about ?? (await connectorId())),
    );

  return { token, register, makeRequest, enrol, connectorId, report };
}
export type Enrolment = Awaited<ReturnType<typeof enrolment>>;
