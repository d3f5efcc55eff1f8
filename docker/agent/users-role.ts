import { LabClock } from '../../mocks/devices/lab-clock.js';
import type { Dial, NetworkStack } from '../../mocks/network.js';
import { Visitor } from '../../mocks/users/visitor.js';
import type { ResultName } from '../../model/evidence/vocabulary.js';
import type { AdministratorAction } from '../../model/site/administration.js';
import type { AccessTarget } from '../../model/site/private-access.js';
import type { Site } from '../../model/site/schema.js';
import { BaseRole } from './base-role.js';
import type { Notice } from './channel.js';
import { connectionId } from './connection-id.js';
import { dial } from './dial.js';
import { enter } from './dialer.js';
import type { UsersRole } from './roles.js';
import type { Streams } from './streams.js';
import { Wire } from './wire.js';
import type { WireRoot } from './wire-root.js';

/** How long somebody outside waits for an answer or the evidence of a device, milliseconds. For hangs. */
const probeMs = 60_000;

/** People on the internet: users of published applications, and whoever else comes by. */
export class UsersMachine extends BaseRole implements UsersRole {
  readonly #probes = new Map<string, () => void>();
  #wire: Wire | undefined;
  #stack: NetworkStack | undefined;
  #visitor: Visitor | undefined;
  #site: Site | undefined;

  constructor(
    private readonly tell: (notice: Notice) => void,
    private readonly streams: Streams,
  ) {
    super();
  }

  async open(
    site: Site,
    startAt: number,
    roots: WireRoot[],
    address: string,
    resolver: string,
  ): Promise<void> {
    this.#site = site;
    this.clock = new LabClock(startAt);
    this.#wire = new Wire({ ports: this.ports, address, resolver, tell: (notice) => this.#tell(notice) });
    this.#stack = this.#wire.stack('user', () => this.clock);
    this.#visitor = new Visitor({
      stack: this.#stack,
      roots: roots.map(({ name, der }) => ({ name, der: Buffer.from(der, 'base64') })),
      site: () => this.#site ?? site,
    });
  }

  async change(site: Site): Promise<void> {
    this.#site = site;
    this.#visitor?.forget();
  }

  async visit(url: string, user?: string): Promise<void> {
    await this.#visitor?.visit(url, user);
  }

  async access(target: AccessTarget): Promise<void> {
    await this.#visitor?.access(target);
  }

  async administer(what: AdministratorAction, user?: string): Promise<void> {
    await this.#visitor?.administer(what, user);
  }

  async probe(from: string, address: string, port: number) {
    const route = { from, fromPort: this.ports.next(), to: address, toPort: port };
    const connection = connectionId(route);
    this.tell({
      kind: 'event',
      machine: 'outside',
      event: { kind: 'connection', connection, host: address, address, port },
    });
    const dialling = dial(route);
    let timer: NodeJS.Timeout | undefined;
    const silent = new Promise<'silent'>((resolve) => {
      this.#probes.set(connection, () => resolve('silent'));
      timer = setTimeout(() => resolve('silent'), probeMs);
    });
    const answered = dialling.connected.then(
      () => 'connected' as const,
      () => 'refused' as const,
    );
    const outcome = await Promise.race([answered, silent]);
    clearTimeout(timer);
    this.#probes.delete(connection);
    dialling.cancel();
    if (outcome === 'connected') throw new Error(`something listens at ${address} port ${port}`);
    return { connection, refused: outcome === 'refused' };
  }

  async enter(stream: number, dial: Dial) {
    if (!this.#stack) throw new Error('nobody is there yet');
    return enter(this.streams, this.#stack, stream, dial);
  }

  async end(connection: string, result: ResultName, words: string): Promise<void> {
    this.#probes.get(connection)?.();
    this.#wire?.end(connection, result, words);
  }

  protected async close(): Promise<void> {
    this.#visitor = undefined;
    this.#stack = undefined;
    this.#site = undefined;
  }

  protected wires(): readonly Wire[] {
    return this.#wire ? [this.#wire] : [];
  }

  /** What users ask of names is no part of the site's evidence. */
  #tell(notice: Notice): void {
    if (notice.kind === 'event' && notice.event.kind === 'dns') return;
    this.tell(notice);
  }
}
