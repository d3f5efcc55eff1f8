import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect as tlsConnect } from 'node:tls';
import { nobody, type Page } from '../../../harness/evidence/vocabulary.js';
import type { Site } from '../../../harness/site/schema.js';
import type { NetworkStack } from '../../network.js';
import type { TrustedRoot } from '../../pki/pki.js';
import { toPem } from '../../pki/x509.js';
import { serviceNames } from '../../protocol/names.js';

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
    const { users } = this.options.site().tenant;
    const someone = users.find(({ roles }) => roles.length === 0) ?? users[0];
    const user = name ?? someone?.name ?? '';
    const { status, page, detail } = await this.#open(new URL(external), user);
    this.options.stack.emit({ kind: 'visit', url: external, user, status, page, ...(detail && { detail }) });
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
        const refusal = await this.#signIn(user);
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

  #get(url: URL, user: string): Promise<Answer> {
    const token = this.#tokens.get(user);
    return this.#send(url, 'GET', token ? { cookie: `AzureAppProxyAccessCookie=${token}` } : {});
  }

  /** Returns why the user was refused, if so. */
  async #signIn(user: string): Promise<string | undefined> {
    const { authority } = serviceNames(this.options.site());
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const login = await this.#send(
      new URL(`https://${authority}/common/login`),
      'POST',
      form,
      `loginfmt=${encodeURIComponent(user)}&passwd=x`,
    );
    if (login.status !== 200) return login.body;
    const { code } = JSON.parse(login.body) as { code: string };
    const grant = new URLSearchParams({ grant_type: 'authorization_code', code, scope: 'openid' });
    const token = await this.#send(
      new URL(`https://${authority}/${this.options.site().tenant.id}/oauth2/v2.0/token`),
      'POST',
      form,
      grant.toString(),
    );
    if (token.status !== 200) return token.body;
    this.#tokens.set(user, (JSON.parse(token.body) as { access_token: string }).access_token);
    return undefined;
  }

  async #send(url: URL, method: string, headers: Record<string, string>, body?: string): Promise<Answer> {
    const { socket } = await this.options.stack.connect({ host: url.hostname, port: 443 });
    const ca = this.options.roots.map(({ der }) => toPem(der));
    // A user's computer has the right time; certificates of the lab are made around it.
    const secure = tlsConnect({ socket, servername: url.hostname, ca });
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
