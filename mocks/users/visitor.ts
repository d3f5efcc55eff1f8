import type { Dispatcher } from 'undici';
import { nobody, type Page } from '../../model/evidence/vocabulary.js';
import { type AdministratorAction, administrationInWords } from '../../model/site/administration.js';
import type { AccessTarget } from '../../model/site/private-access.js';
import type { Site } from '../../model/site/schema.js';
import { graphToolsClientId } from '../cloud/sign-in/clients.js';
import { httpOver } from '../http-over.js';
import { NetworkError, type NetworkStack } from '../network.js';
import { networkDoing } from '../network-doing.js';
import type { TrustedRoot } from '../pki/pki.js';
import { idOf } from '../protocol/directory-ids.js';
import { shownBy, takesHeader } from '../protocol/lab-headers.js';
import { serviceNames } from '../protocol/names.js';
import { tokenReplySchema } from '../protocol/oauth.js';
import { type Ended, say } from './access-client.js';
import { type Administered, type AskGraph, administer } from './administrator.js';
import { secured } from './secured.js';
import { type Answer, type NotSignedIn, signIn } from './sign-in.js';
import { trusting } from './trusting.js';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

type Method = Dispatcher.HttpMethod;

interface Sent {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** What a browser shows in the end. */
interface Shown {
  status: number;
  page: Page;
  detail?: string;
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
    const { status, page, detail } = await this.#open(new URL(external), user).catch(
      (error: unknown): Shown => ({ status: 0, page: 'unreachable', detail: networkDoing(error).message }),
    );
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
    const connect = async (): Promise<Ended> => {
      const ended = await ask();
      if (ended.outcome !== 'http-unauthorized' || user === nobody) return ended;
      const refused = await this.#signIn(this.#somewhere(), user);
      return refused ? { ...ended, detail: refused.text } : ask();
    };
    const ended = await connect().catch((error: unknown): Ended => {
      const { result, message } = networkDoing(error);
      return { outcome: result, sent: 0, received: 0, detail: message };
    });
    stack.emit({ kind: 'access', user, host, port, protocol, ...ended });
  }

  /** Changes something in the directory with an administrator's program, and writes down how that went. */
  async administer(what: AdministratorAction, name?: string): Promise<void> {
    const { users } = this.options.site().tenant;
    const user = name ?? users.find(({ roles }) => roles.length > 0)?.name ?? '';
    const { status, outcome, detail } = await this.#change(what, user).catch(
      (error: unknown): Administered => ({
        status: 0,
        outcome: 'unreachable',
        detail: networkDoing(error).message,
      }),
    );
    const text = administrationInWords(what);
    this.options.stack.emit({
      kind: 'administration',
      user,
      text,
      status,
      outcome,
      ...(detail && { detail }),
    });
  }

  /** Browsers are opened anew: whoever was signed in is not. */
  forget(): void {
    this.#tokens.clear();
  }

  async #change(what: AdministratorAction, user: string): Promise<Administered> {
    const site = this.options.site();
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
    return signedIn.refused ? { ...done, detail: signedIn.refused.text } : done;
  }

  async #open(url: URL, user: string): Promise<Shown> {
    let answer = await this.#get(url, user);
    if (shownBy(answer.headers) === 'sign-in' && user !== nobody) {
      const refused = await this.#signIn(url, user);
      if (refused) return { status: refused.status, page: 'sign-in', detail: refused.text };
      answer = await this.#get(url, user);
    }
    return { status: answer.status, page: shownBy(answer.headers) ?? 'service-error' };
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

  #get(url: URL, user: string): Promise<Sent> {
    const token = this.#tokens.get(user);
    return this.#send(url, 'GET', token ? { cookie: `AzureAppProxyAccessCookie=${token}` } : {});
  }

  /** Signs in for the application at `url`. Returns why the user was refused, if so. */
  async #signIn(url: URL, name: string): Promise<NotSignedIn | undefined> {
    const site = this.options.site();
    const application = site.applications.find(({ external }) => new URL(external).origin === url.origin);
    const asked = {
      client_id: idOf('application', application?.name ?? ''),
      redirect_uri: url.origin,
      scope: 'openid',
    };
    const { token, refused } = await this.#tokenFor(asked, name);
    if (token) this.#tokens.set(name, token);
    return refused;
  }

  async #tokenFor(
    asked: { client_id: string; redirect_uri: string; scope: string },
    name: string,
  ): Promise<{ token?: string; refused?: NotSignedIn }> {
    const site = this.options.site();
    const { authority } = serviceNames(site);
    const base = `https://${authority}/${site.tenant.id}/oauth2/v2.0`;
    const address = new URL(`${base}/authorize?${new URLSearchParams({ ...asked, response_type: 'code' })}`);
    const password = site.tenant.users.find((one) => one.name === name)?.password ?? '';
    const ended = await signIn((url, fields) => this.#browse(url, fields), address, { name, password });
    if (ended.at === 'refused') return { refused: ended };
    if (ended.at === 'page')
      return { refused: { status: 400, text: `the sign-in page stays at "${ended.step}"` } };
    const code = ended.back.searchParams.get('code') ?? '';
    const grant = { ...asked, grant_type: 'authorization_code', code };
    const { status, body } = await this.#browse(new URL(`${base}/token`), grant);
    if (status !== 200) return { refused: { status, text: body } };
    return { token: tokenReplySchema.parse(JSON.parse(body)).access_token };
  }

  async #browse(url: URL, fields?: Record<string, string>): Promise<Answer> {
    const posted = fields && new URLSearchParams(fields).toString();
    const { status, headers, body } = posted
      ? await this.#send(url, 'POST', form, posted)
      : await this.#send(url, 'GET', {});
    return { status, body, ...(headers.location && { location: String(headers.location) }) };
  }

  async #send(url: URL, method: Method, headers: Record<string, string>, body?: string): Promise<Sent> {
    const { id, socket } = await this.options.stack.connect({ host: url.hostname, port: 443 });
    const secure = await secured(socket, url.hostname, trusting(this.options.roots));
    const path = url.pathname + url.search;
    const answer = await httpOver(secure, url).request({ method, path, headers, body, reset: true });
    const waitedMs = Number(answer.headers[takesHeader] ?? 0);
    if (waitedMs > 0) {
      secure.destroy();
      const words = `the answer began and did not end in ${waitedMs / 1000} s`;
      throw new NetworkError('tcp-drop', words, id, { waitedMs });
    }
    return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
  }
}
