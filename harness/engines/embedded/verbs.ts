import type { Cloud } from '../../../mocks/cloud/cloud.js';
import type { Connector } from '../../../mocks/connector/connector.js';
import type { LabClock } from '../../../mocks/devices/lab-clock.js';
import { tryConnection } from '../../../mocks/try-connection.js';
import { tryName } from '../../../mocks/try-name.js';
import type { Visitor } from '../../../mocks/users/visitor.js';
import type { EventBody } from '../../../model/evidence/event.js';
import type { Account, Operation, WindowsService } from '../../../model/evidence/vocabulary.js';
import type { Verbs } from '../../../model/scenario/verbs.js';
import type { AdministratorAction } from '../../../model/site/administration.js';
import type { AccessTarget } from '../../../model/site/private-access.js';
import type { Network } from './network.js';

export interface EmbeddedParts {
  clock: LabClock;
  network: Network;
  cloud: Cloud;
  users: Visitor;
  connectors: ReadonlyMap<string, Connector>;
  note(event: EventBody): void;
}

/** What can be done in a lab of this process: calls of its parts. */
export class EmbeddedVerbs implements Verbs {
  constructor(private readonly parts: EmbeddedParts) {}

  async operate(server: string, operation: Operation): Promise<void> {
    await this.#connector(server).perform(operation);
  }

  async copyInstallation(from: string, to: string): Promise<void> {
    this.#connector(to).take(this.#connector(from).installation);
  }

  service(server: string, service: WindowsService, to: 'start' | 'stop'): Promise<void> {
    return this.#connector(server).service(service, to);
  }

  visit(url: string, user?: string): Promise<void> {
    return this.parts.users.visit(url, user);
  }

  access(target: AccessTarget): Promise<void> {
    return this.parts.users.access(target);
  }

  administer(what: AdministratorAction, user?: string): Promise<void> {
    return this.parts.users.administer(what, user);
  }

  async viewPortal(connector: string): Promise<void> {
    this.parts.cloud.viewConnector(connector);
  }

  pass(ms: number): Promise<void> {
    return this.parts.clock.advance(ms);
  }

  connect(server: string, account: Account, host: string, port: number) {
    return tryConnection(this.parts.network.server(server), account, host, port);
  }

  resolve(server: string, account: Account, name: string): Promise<void> {
    return tryName(this.parts.network.server(server), account, name);
  }

  async probe(server: string, port: number) {
    return this.parts.network.probe(server, port);
  }

  async idle(): Promise<void> {
    await Promise.all([...this.parts.connectors.values()].map((connector) => connector.idle()));
  }

  note(event: EventBody): void {
    this.parts.note(event);
  }

  #connector(server: string): Connector {
    const connector = this.parts.connectors.get(server);
    if (!connector) throw new Error(`the site has no server called ${server}`);
    return connector;
  }
}
