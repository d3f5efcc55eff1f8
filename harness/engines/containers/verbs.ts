import type { Remote } from '../../../docker/agent/channel.js';
import type { ServerRole } from '../../../docker/agent/roles.js';
import type { EventBody } from '../../../model/evidence/event.js';
import type { Account, Operation, WindowsService } from '../../../model/evidence/vocabulary.js';
import type { Tried, Verbs } from '../../../model/scenario/verbs.js';
import type { SiteAddresses } from '../../../model/site/addresses.js';
import type { AdministratorAction } from '../../../model/site/administration.js';
import type { AccessTarget } from '../../../model/site/private-access.js';
import type { Evidence } from './evidence.js';
import type { LabTime } from './lab-time.js';
import type { Machines } from './machines.js';

export interface ContainersParts {
  machines: Machines;
  time: LabTime;
  evidence: Evidence;
  addresses(): SiteAddresses;
  /** @throws Error where the site has no such server */
  server(name: string): Remote<ServerRole>;
  /** All that the site has. */
  servers(): readonly Remote<ServerRole>[];
}

/** What can be done in a lab of containers: calls over their control channels. */
export class ContainersVerbs implements Verbs {
  constructor(private readonly parts: ContainersParts) {}

  operate(server: string, operation: Operation): Promise<void> {
    return this.parts.server(server).perform(operation);
  }

  async copyInstallation(from: string, to: string): Promise<void> {
    const { server } = this.parts;
    await server(to).take(await server(from).installation());
  }

  service(server: string, service: WindowsService, to: 'start' | 'stop'): Promise<void> {
    return this.parts.server(server).service(service, to);
  }

  visit(url: string, user?: string): Promise<void> {
    return this.parts.machines.users.visit(url, user);
  }

  access(target: AccessTarget): Promise<void> {
    return this.parts.machines.users.access(target);
  }

  administer(what: AdministratorAction, user?: string): Promise<void> {
    return this.parts.machines.users.administer(what, user);
  }

  viewPortal(connector: string): Promise<void> {
    return this.parts.machines.cloud.viewPortal(connector);
  }

  pass(ms: number): Promise<void> {
    return this.parts.time.advance(ms);
  }

  connect(server: string, account: Account, host: string, port: number): Promise<Tried> {
    return this.parts.server(server).connect(account, host, port);
  }

  resolve(server: string, account: Account, name: string): Promise<void> {
    return this.parts.server(server).resolve(account, name);
  }

  async probe(server: string, port: number): Promise<Tried> {
    const { machines, evidence } = this.parts;
    const { servers, outside } = this.parts.addresses();
    const { connection, refused } = await machines.users.probe(outside, servers.get(server) ?? '', port);
    if (refused) evidence.refusedBy(server, connection);
    return { outcome: refused ? 'tcp-reject' : 'tcp-drop', connection };
  }

  async idle(): Promise<void> {
    await Promise.all(this.parts.servers().map((server) => server.idle()));
  }

  note(event: EventBody): void {
    this.parts.evidence.add('harness', event);
  }
}
