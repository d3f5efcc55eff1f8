import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Application, Site } from '../../model/site/schema.js';
import type { Listener, NetworkStack } from '../network.js';
import { serveResource } from './resource.js';

/** What is inside the site: the applications that it publishes, plain web servers, and private resources. */
export class Applications implements AsyncDisposable {
  readonly #hosts = new WeakMap<Duplex, Application>();
  readonly #server = createServer({ keepAliveTimeout: 0 });
  #listeners: Listener[] = [];

  constructor(private readonly stack: NetworkStack) {
    this.#server.on('request', (message, response) => this.#answer(message, response));
  }

  /** Starts and stops them as the site says; `addresses`: internal host → address. */
  async setSite(site: Site, addresses: ReadonlyMap<string, string>): Promise<void> {
    await this.#close();
    const running = site.applications.filter(({ state }) => state !== 'stopped');
    const web = running.map((application) => {
      const url = new URL(application.internal);
      const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
      return this.stack.listen(addresses.get(url.hostname) ?? '', port, ({ socket }) => {
        this.#hosts.set(socket, application);
        this.#server.emit('connection', socket);
      });
    });
    const resources = site['private-access']?.resources.filter(({ state }) => state === 'running') ?? [];
    const inside = resources.flatMap(({ host, ports }) =>
      ports.map((port) =>
        this.stack.listen(addresses.get(host) ?? '', port, ({ socket }) =>
          serveResource(this.stack, host, port, socket),
        ),
      ),
    );
    this.#listeners = await Promise.all([...web, ...inside]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    this.#server.close();
  }

  async #close(): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.close()));
    this.#listeners = [];
  }

  #answer(message: IncomingMessage, response: ServerResponse): void {
    const application = this.#hosts.get(message.socket);
    if (!application) return void response.destroy();
    const status = application.state === 'failing' ? 500 : 200;
    const { method = 'GET', url: path = '/' } = message;
    this.stack.emit({ kind: 'application', application: application.name, method, path, status });
    response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', Connection: 'close' });
    response.end(`<!doctype html><title>${application.name}</title><h1>${application.name}</h1>`);
  }
}
