import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Operation } from '../../../model/evidence/vocabulary.js';
import { hostsAskedOf } from '../../../model/requirements/documented-hosts.js';
import type { NetworkStack } from '../../network.js';
import { connectorIdOf } from '../../pki/connector-authority.js';
import { createConnectorRequest } from '../../pki/connector-request.js';
import { toPem } from '../../pki/x509.js';
import type { ServiceNames } from '../../protocol/names.js';
import {
  connectorClientId,
  nativeClientPath,
  registrationScope,
  tokenReplySchema,
} from '../../protocol/oauth.js';
import { decodeTrustResult, encodeRegistration, registrationPath } from '../../protocol/registration.js';
import { rootListPath } from '../../protocol/root-list.js';
import {
  confirmationSchema,
  decodePageState,
  loginPath,
  type PageState,
  partsOf,
  secondFactorPath,
} from '../../protocol/sign-in-page.js';
import type { Call, Reply } from '../call.js';
import { readReply } from '../classify.js';
import { Failure, type FailureFacts } from '../failure.js';
import type { Identity } from '../identity.js';
import type { Transport } from '../transport.js';
import type { WindowsHost } from '../windows-host.js';
import { checkPrerequisites, compare } from './prerequisites.js';

const xml = { 'content-type': 'application/xml; charset=utf-8' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** What an administrator does at the server: install, sign in, register. */
export class Installer {
  constructor(
    private readonly stack: NetworkStack,
    private readonly transport: Transport,
    private readonly host: () => WindowsHost,
    private readonly names: () => ServiceNames,
  ) {}

  /** Prerequisites, then the roots and intermediates that Windows fetches. @throws Failure */
  async install(): Promise<void> {
    checkPrerequisites(this.host(), this.stack);
    const { rootList, pkiops } = this.names();
    const list = `${rootList}${rootListPath}`;
    // The government's list opens these on port 80 only.
    const isPublic = this.host().site.cloud.environment === 'public';
    // Of the authority that signs for the relay's namespaces.
    const intermediates = `${pkiops}/pkiops/certs/lab-${isPublic ? 'namespaces' : 'government-relay'}.crt`;
    const calls = [list, intermediates].flatMap((place) =>
      (isPublic ? ['http', 'https'] : ['http']).map((scheme) => `${scheme}://${place}`),
    );
    await all(
      calls.map((url) =>
        this.#call(
          'install',
          url.includes(rootList) ? 'fetch the root list' : 'fetch intermediate certificates',
          url,
          {
            stack: 'system',
            account: 'local-system',
            expects: url.includes(rootList) ? 'json' : 'certificate',
          },
        ),
      ),
    );
  }

  /** The sign-in window. Returns a token for registration. @throws Failure */
  async signIn(): Promise<string> {
    const { server } = this.host();
    compare(this.stack, 'ie-esc', server['ie-esc'] ? 'on' : 'off', 'off', !server['ie-esc']);
    const { authority, olderAuthority, secondFactor } = this.names();
    const signInFacts = { host: authority, port: 443 };
    const verifier = randomBytes(32).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const asked = {
      client_id: connectorClientId,
      redirect_uri: `https://${authority}${nativeClientPath}`,
      scope: `${registrationScope} openid profile offline_access`,
    };
    const query = new URLSearchParams({
      ...asked,
      response_type: 'code',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    await this.#call(
      'sign-in',
      'discover the authority',
      `https://${olderAuthority}/common/discovery/instance?api-version=1.1`,
      { expects: 'json' },
    );
    const opened = await this.#call(
      'sign-in',
      'load the sign-in page',
      `https://${authority}/common/oauth2/v2.0/authorize?${query}`,
    );
    await all(
      partsOf(opened.body.toString()).map((url) =>
        this.#call('sign-in', 'load a part of the sign-in page', url),
      ),
    );
    const { users } = this.host().site.tenant;
    const name = server['registered-by'] ?? users.find(({ roles }) => roles.length > 0)?.name ?? '';
    const password = users.find((one) => one.name === name)?.password ?? '';
    const send = (purpose: string, path: string, fields: Record<string, string>) =>
      this.#call('sign-in', purpose, `https://${authority}${path}`, {
        method: 'POST',
        headers: form,
        body: new URLSearchParams(fields).toString(),
      });
    const page = stepOf(opened, signInFacts);
    let reply = await send('send name and password', loginPath, {
      loginfmt: name,
      passwd: password,
      ctx: page.ctx ?? '',
    });
    if (reply.status !== 302) {
      const { confirm = '', ctx = '' } = stepOf(reply, signInFacts);
      const confirmed = await this.#call('sign-in', 'confirm the second factor', confirm, {
        expects: 'json',
      });
      const facts = { host: secondFactor, port: 443 };
      const { proof = '' } = readReply(confirmed, facts, json(confirmationSchema));
      reply = await send('end the sign-in', secondFactorPath, { ctx, proof });
      if (reply.status !== 302) stepOf(reply, signInFacts);
    }
    const code = new URL(String(reply.headers.location)).searchParams.get('code') ?? '';
    const token = await this.#call(
      'sign-in',
      'fetch the token',
      `https://${authority}/common/oauth2/v2.0/token`,
      {
        method: 'POST',
        headers: form,
        body: new URLSearchParams({
          ...asked,
          grant_type: 'authorization_code',
          code_verifier: verifier,
          code,
        }).toString(),
        expects: 'json',
      },
    );
    return readReply(token, signInFacts, json(tokenReplySchema)).access_token;
  }

  /** Asks what registration needs, then for a certificate. @throws Failure */
  async register(token: string): Promise<Identity> {
    const { deviceRegistration, directory, policyKey, registration } = this.names();
    const { server, site, osVersion } = this.host();
    const tenantId = site.tenant.id;
    const bearer = { authorization: `Bearer ${token}` };
    // Connectors of a page that does not list its host any more do without.
    const usesPolicyKey = hostsAskedOf(site).some(({ rule }) => rule === policyKey);
    const helpers = [
      [
        'discover device registration',
        `https://${deviceRegistration}/${site.tenant.domain}/discover?api-version=1.7`,
      ],
      ['look the directory up', `https://${directory}/tenants?api-version=2020-01-01`],
      ...(usesPolicyKey
        ? [['fetch the policy key', `https://${policyKey}/PolicyKeyService/keys`] as const]
        : []),
    ] as const;
    const { csrDer, keyPem } = await createConnectorRequest();
    const asked = helpers.map(([purpose, url]) =>
      this.#call('register', purpose, url, { headers: bearer, expects: 'json' }),
    );
    const registered = this.#call(
      'register',
      'register the connector',
      `https://${registration}${registrationPath}`,
      {
        method: 'POST',
        headers: xml,
        expects: 'xml',
        body: encodeRegistration({
          csrDer,
          token,
          tenantId,
          machineName: server.name,
          osVersion,
          connectorVersion: server.connector,
        }),
      },
    );
    await all([...asked, registered]);
    const reply = await registered;
    const result = readReply(reply, { host: registration, port: 443 }, (text) =>
      decodeTrustResult('RegistrationResult', text),
    );
    if (!result.isSuccessful) {
      this.stack.emit({
        kind: 'windows-log',
        channel: 'Application',
        level: 'error',
        text: `Connector registration failed: ${result.errorMessage}`,
      });
      throw new Failure('refused-by-service', result.errorMessage, {
        host: registration,
        port: 443,
        connection: reply.connection,
      });
    }
    return {
      connectorId: connectorIdOf(result.certificateDer),
      certificatePem: toPem(result.certificateDer),
      keyPem,
    };
  }

  /** The installer runs as the administrator and with that account's proxy settings. */
  #call(operation: Operation, purpose: string, url: string, more: Partial<Call> = {}): Promise<Reply> {
    return this.transport.attempt({
      operation,
      purpose,
      account: 'administrator',
      stack: 'browser',
      url: new URL(url),
      ...more,
    });
  }
}

/** What the sign-in page asks for next. @throws Failure where it shows a refusal, or is none */
function stepOf(reply: Reply, facts: FailureFacts): PageState {
  const state = readReply(reply, facts, decodePageState);
  if (!state.error) return state;
  throw new Failure('refused-by-service', state.error.text, {
    ...facts,
    connection: reply.connection,
    status: reply.status,
  });
}

function json<T>(schema: z.ZodType<T>): (text: string) => T {
  return (text) => schema.parse(JSON.parse(text));
}

/** Waits for all, so that every failure is in evidence, then throws the first. */
async function all(calls: readonly Promise<Reply>[]): Promise<void> {
  const settled = await Promise.allSettled(calls);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}
