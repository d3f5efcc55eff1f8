import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect as tlsConnect } from 'node:tls';
import { nobody, type Page } from '../../../harness/evidence/vocabulary.js';
import { type AdministratorAction, administrationInWords } from '../../../harness/site/administration.js';
import type { AccessTarget } from '../../../harness/site/private-access.js';
import type { Site } from '../../../harness/site/schema.js';
import type { NetworkStack } from '../../network.js';
import type { TrustedRoot } from '../../pki/pki.js';
import { idOf } from '../../protocol/directory-ids.js';
import { serviceNames } from '../../protocol/names.js';
import {
  confirmationSchema,
  decodePageState,
  loginPath,
  secondFactorPath,
} from '../../protocol/sign-in-page.js';
import { say } from '../access/client.js';
import { type AskGraph, administer } from '../graph/administrator.js';
import { graphToolsClientId } from '../sign-in/clients.js';
import { trusting } from './trusting.js';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface VisitorOptions {
  /** Of the users' machine. */
  stack: NetworkStack;
  roots: readonly TrustedRoot[];
  site(): Site;
}

/** Users' browsers on the internet. Each signs in once and keeps its cookie. */
export class Visitor {
  readonly #tokens = new Map<string, string>();

  constructor(private readonly options: VisitorOptions) {}

  /**
   * Opens an external URL, signing in where asked, and writes down the page that is shown. Without a
   * name it is the first user of the tenant who is no administrator; `nobody` does not sign in.
   */
  async visit(external: string, name?: string): Promise<void> {
    const user = name ?? this.#someone();
    const { status, page, detail } = await this.#open(new URL(external), user);
    this.options.stack.emit({ kind: 'visit', url: external, user, status, page, ...(detail && { detail }) });
  }

  /** Connects to a private resource from the user's computer, and writes down how that went. */
  async access({ host, port, user: name, protocol = 'tcp' }: AccessTarget): Promise<void> {
    const user = name ?? this.#someone();
    const { stack, roots } = this.options;
    const through = serviceNames(this.options.site()).privateAccess;
    const ask = () => {
      const token = this.#tokens.get(user) ?? '';
      return say(stack, roots, { through, host, port, protocol, token });
    };
    let ended = await ask();
    if (ended.outcome === 'http-unauthorized') {
      const refusal = user === nobody ? undefined : await this.#signIn(this.#somewhere(), user);
      ended = refusal ? { ...ended, detail: refusal } : await ask();
    }
    stack.emit({ kind: 'access', user, host, port, protocol, ...ended });
  }

  /** Changes something in the directory with an administrator's program, and writes down how that went. */
  async administer(what: AdministratorAction, name?: string): Promise<void> {
    const { stack } = this.options;
    const site = this.options.site();
    const user = name ?? site.tenant.users.find(({ roles }) => roles.length > 0)?.name ?? '';
    const { graph } = serviceNames(site);
    const signedIn = await this.#tokenFor(
      {
        client_id: graphToolsClientId,
        redirect_uri: 'http://localhost',
        scope: `https://${graph}/Directory.AccessAsUser.All`,
      },
      user,
    );
    const base = `https://${graph}/beta`;
    const headers = { authorization: `Bearer ${signedIn.token ?? ''}`, 'content-type': 'application/json' };
    const ask: AskGraph = (method, path, body) =>
      this.#send(new URL(`${base}${path}`), method, headers, body ? JSON.stringify(body) : undefined);
    const done = await administer(ask, base, what, site);
    const detail = signedIn.refusal ?? done.detail;
    const text = administrationInWords(what);
    const { status, outcome } = done;
    stack.emit({ kind: 'administration', user, text, status, outcome, ...(detail && { detail }) });
  }

  /** Browsers are opened anew: whoever was signed in is not. */
  forget(): void {
    this.#tokens.clear();
  }

  async #open(url: URL, user: string): Promise<{ status: number; page: Page; detail?: string }> {
    try {
      let answer = await this.#get(url, user);
      if (answer.status === 302 && user === nobody) return { status: 302, page: 'sign-in' };
      if (answer.status === 302) {
        const refusal = await this.#signIn(url, user);
        if (refusal) return { status: 400, page: 'sign-in', detail: refusal };
        answer = await this.#get(url, user);
      }
      return { status: answer.status, page: pageOf(answer) };
    } catch (error) {
      return {
        status: 0,
        page: 'unreachable',
        detail: error instanceof Error ? error.message : String(error),
      };
    }
  }

  /** The first user who is no administrator. */
  #someone(): string {
    const { users } = this.options.site().tenant;
    return (users.find(({ roles }) => roles.length === 0) ?? users[0])?.name ?? '';
  }

  /** One sign-in is good for everything; it is asked for by an application. */
  #somewhere(): URL {
    const site = this.options.site();
    return new URL(site.applications[0]?.external ?? `https://${serviceNames(site).privateAccess}`);
  }

  #get(url: URL, user: string): Promise<Answer> {
    const token = this.#tokens.get(user);
    return this.#send(url, 'GET', token ? { cookie: `AzureAppProxyAccessCookie=${token}` } : {});
  }

  /** Signs in for the application at `url`. Returns why the user was refused, if so. */
  async #signIn(url: URL, name: string): Promise<string | undefined> {
    const site = this.options.site();
    const application = site.applications.find(({ external }) => new URL(external).origin === url.origin);
    const asked = {
      client_id: idOf('application', application?.name ?? ''),
      redirect_uri: url.origin,
      scope: 'openid',
    };
    const { token, refusal } = await this.#tokenFor(asked, name);
    if (token) this.#tokens.set(name, token);
    return refusal;
  }

  async #tokenFor(
    asked: { client_id: string; redirect_uri: string; scope: string },
    name: string,
  ): Promise<{ token?: string; refusal?: string }> {
    const site = this.options.site();
    const { authority } = serviceNames(site);
    const base = `https://${authority}/${site.tenant.id}/oauth2/v2.0`;
    const query = new URLSearchParams({ ...asked, response_type: 'code' });
    let shown = await this.#send(new URL(`${base}/authorize?${query}`), 'GET', {});
    let state = decodePageState(shown.body);
    const password = site.tenant.users.find((one) => one.name === name)?.password ?? '';
    const post = async (path: string, fields: Record<string, string>) => {
      const body = new URLSearchParams({ ...fields, ctx: state.ctx ?? '' }).toString();
      shown = await this.#send(new URL(`https://${authority}${path}`), 'POST', form, body);
      if (shown.status === 200) state = decodePageState(shown.body);
    };
    if (!state.error) await post(loginPath, { loginfmt: name, passwd: password });
    if (state.confirm && !state.error) {
      const answer = await this.#send(new URL(state.confirm), 'GET', {});
      const { proof = '' } = confirmationSchema.parse(JSON.parse(answer.body));
      await post(secondFactorPath, { proof });
    }
    if (shown.status !== 302)
      return { refusal: state.error?.text ?? `the sign-in page stays at "${state.step}"` };
    const code = new URL(String(shown.headers.location)).searchParams.get('code') ?? '';
    const grant = new URLSearchParams({ ...asked, grant_type: 'authorization_code', code });
    const token = await this.#send(new URL(`${base}/token`), 'POST', form, grant.toString());
    if (token.status !== 200) return { refusal: token.body };
    return { token: (JSON.parse(token.body) as { access_token: string }).access_token };
  }

  async #send(url: URL, method: string, headers: Record<string, string>, body?: string): Promise<Answer> {
    const { socket } = await this.options.stack.connect({ host: url.hostname, port: 443 });
    // A user's computer has the right time; certificates of the lab are made around it.
    const secureContext = trusting(this.options.roots);
    const secure = tlsConnect({ socket, servername: url.hostname, secureContext });
    await once(secure, 'secureConnect');
    const request = httpRequest({
      createConnection: () => secure,
      method,
      path: url.pathname + url.search,
      headers: { host: url.host, connection: 'close', ...headers },
    });
    request.end(body);
    const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: Buffer.concat(chunks).toString(),
    };
  }
}

function pageOf({ status, headers }: Answer): Page {
  const named = headers['x-lab-page'];
  if (typeof named === 'string') return named as Page;
  if (status === 403) return 'forbidden';
  return status === 404 ? 'not-found' : 'application';
}
