import { once } from 'node:events';
import { type ClientHttp2Session, connect as http2Connect, type IncomingHttpHeaders } from 'node:http2';
import { createInterface } from 'node:readline';
import { join } from '../../byte-stream.js';
import {
  connectorVersionHeader,
  controlPath,
  decodeFlow,
  type Flow,
  flowHeader,
  flowPath,
  resultHeader,
  tunnelPath,
  tunnelReplySchema,
} from '../../protocol/tunnel.js';
import { type Call, placeOf } from '../call.js';
import { readReply, toFailure } from '../classify.js';
import { Failure } from '../failure.js';
import type { Identity } from '../identity.js';
import type { Opened } from '../opener.js';
import type { Transport } from '../transport.js';
import type { WindowsHost } from '../windows-host.js';

export interface TunnelOptions {
  transport: Transport;
  host: WindowsHost;
  identity: Identity;
}

/** A tunnel for Private Access traffic: users' connections arrive on it, and go on to what they are for. */
export class Tunnel {
  #session: ClientHttp2Session | undefined;
  readonly #flows = new Set<Promise<void>>();

  private constructor(private readonly options: TunnelOptions) {}

  /** @throws Failure */
  static async open(options: TunnelOptions): Promise<Tunnel> {
    const tunnel = new Tunnel(options);
    if (await tunnel.#ask()) await tunnel.#start();
    return tunnel;
  }

  /** Ends when every user's connection has ended. */
  async idle(): Promise<void> {
    while (this.#flows.size > 0) await Promise.all(this.#flows);
  }

  close(): void {
    this.#session?.destroy();
  }

  /** Whether there is anything to carry. */
  async #ask(): Promise<boolean> {
    const call = this.#call('open a tunnel for Private Access', this.#url(tunnelPath), {
      method: 'POST',
      headers: { [connectorVersionHeader]: this.options.host.server.connector },
      certificate: this.options.identity,
      expects: 'json',
    });
    const reply = await this.options.transport.attempt(call);
    return readReply(reply, placeOf(call.url), (text) => tunnelReplySchema.parse(JSON.parse(text))).carries;
  }

  async #start(): Promise<void> {
    const { transport, identity } = this.options;
    const url = this.#url(controlPath);
    const call = this.#call('carry Private Access traffic', url, {
      certificate: identity,
      protocol: 'h2',
    });
    await transport.noted(call, async () => {
      const opened = await transport.open(call);
      await this.#listen(opened, url);
      return opened;
    });
  }

  async #listen({ socket, connection }: Opened, url: URL): Promise<void> {
    const session = http2Connect(url.origin, { createConnection: () => socket });
    const facts = { ...placeOf(url), connection: connection.id };
    // What befell the connection is said by whoever waits for it.
    session.on('error', () => {});
    const control = session.request({ ':method': 'POST', ':path': controlPath }, { endStream: false });
    try {
      const [headers] = (await once(control, 'response')) as [IncomingHttpHeaders & { ':status'?: number }];
      const status = headers[':status'] ?? 0;
      if (status !== 200)
        throw new Failure(
          status === 403 ? 'http-unauthorized' : 'refused-by-service',
          `the service answered ${status}`,
          { ...facts, status },
        );
    } catch (error) {
      session.destroy();
      throw toFailure(connection.socket.errored ?? error, facts);
    }
    control.on('error', () => {});
    this.#session = session;
    createInterface({ input: control }).on('line', (line) => this.#take(session, line));
  }

  #take(session: ClientHttp2Session, line: string): void {
    const flow = decodeFlow(line);
    if (!flow) return void session.destroy();
    const work = this.#flow(session, flow).finally(() => this.#flows.delete(work));
    this.#flows.add(work);
  }

  /** Private resources are inside the site: never through the proxy. */
  async #flow(session: ClientHttp2Session, { flow, host, port }: Flow): Promise<void> {
    const { transport } = this.options;
    const call = this.#call('connect to a private resource', new URL(`tcp://${host}:${port}`), {
      direct: true,
    });
    const request = (result: string, endStream: boolean) =>
      session.request(
        { ':method': 'POST', ':path': flowPath, [flowHeader]: flow, [resultHeader]: result },
        { endStream },
      );
    try {
      const { connection } = await transport.noted(call, () => transport.open(call));
      connection.socket.allowHalfOpen = true;
      const stream = request('ok', false);
      join(stream, connection.socket);
      await new Promise<void>((resolve) => stream.once('close', resolve));
    } catch (error) {
      const { result } = toFailure(error, {});
      if (session.destroyed) return;
      const stream = request(result, true);
      stream.on('error', () => {}).resume();
    }
  }

  #url(path: string): URL {
    return new URL(`https://${this.options.host.names.tunnel}${path}`);
  }

  #call(purpose: string, url: URL, more: Partial<Call>): Call {
    const account = this.options.host.connectorAccount;
    return { operation: 'tunnel', purpose, account, stack: 'tunnel', url, ...more };
  }
}
