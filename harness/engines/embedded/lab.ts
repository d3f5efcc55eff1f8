import { Applications } from '../../../mocks/applications/applications.js';
import { Cloud } from '../../../mocks/cloud/cloud.js';
import { Connector } from '../../../mocks/connector/connector.js';
import type { CertificateFacts } from '../../../mocks/connector/trust/certificate-facts.js';
import { LabClock } from '../../../mocks/devices/lab-clock.js';
import { listServer } from '../../../mocks/devices/list-server.js';
import type { Dialer } from '../../../mocks/network.js';
import { type Asker, NetworkError } from '../../../mocks/network.js';
import type { InspectionAuthority } from '../../../mocks/pki/inspection-authority.js';
import type { Pki } from '../../../mocks/pki/pki.js';
import { type Trust, trustOf } from '../../../mocks/pki/trust.js';
import { Visitor } from '../../../mocks/users/visitor.js';
import type { EventBody } from '../../../model/evidence/event.js';
import type { Phase, ResultName } from '../../../model/evidence/vocabulary.js';
import type { Step } from '../../../model/scenario/step.js';
import { inWords } from '../../../model/scenario/step-words.js';
import { siteAddresses } from '../../../model/site/addresses.js';
import type { Site } from '../../../model/site/schema.js';
import type { Lab, LabOptions } from '../engine.js';
import { dialerOf } from './dialer.js';
import { Fabric } from './fabric.js';
import { Network } from './network.js';
import type { SocketPairs } from './socket-pair.js';

type StepOf<D extends Step['do']> = Extract<Step, { do: D }>;

/** What labs of one run have in common. */
export interface SharedParts {
  pairs: SocketPairs;
  pki: Pki;
  certificates: CertificateFacts;
}

/** One site with its cloud, connectors and applications, all in this process. */
export class EmbeddedLab implements Lab {
  readonly #clock: LabClock;
  readonly #fabric: Fabric;
  readonly #network: Network;
  readonly #connectors = new Map<string, Connector>();
  readonly #started = performance.now();
  readonly #users: Visitor;
  #site: Site;
  #cloud!: Cloud;
  #applications!: Applications;
  #phase: Phase = 'control';
  #events = 0;
  #ended: Promise<void> | undefined;

  private constructor(
    site: Site,
    private readonly pki: Pki,
    readonly trust: Trust,
    pairs: SocketPairs,
    private readonly options: LabOptions,
    private readonly onEnd: () => void,
  ) {
    this.#clock = new LabClock(options.startAt);
    this.#fabric = new Fabric(pairs);
    const emit = (machine: string, event: EventBody) => this.#emit(machine, event);
    this.#network = new Network({ fabric: this.#fabric, clock: this.#clock, emit }, site);
    this.#site = site;
    this.#users = new Visitor({
      stack: this.#network.internet('user'),
      roots: pki.roots,
      site: () => this.#site,
    });
  }

  static async open(
    site: Site,
    shared: SharedParts,
    options: LabOptions,
    onEnd: () => void,
  ): Promise<EmbeddedLab> {
    const { pki, pairs, certificates } = shared;
    const lab = new EmbeddedLab(site, pki, await trustOf(pki), pairs, options, onEnd);
    lab.#cloud = await Cloud.start({ stack: lab.#network.internet('cloud'), site, pki });
    lab.#applications = new Applications(lab.#network.internet('applications'));
    const authority = await lab.#install(site);
    for (const server of site.servers) {
      const stack = lab.#network.server(server.name);
      const inspectionRoot = trusted(site, authority);
      lab.#connectors.set(
        server.name,
        new Connector({ stack, server, site, roots: pki.roots, certificates, inspectionRoot }),
      );
    }
    return lab;
  }

  dialer(server?: string, as: Asker = {}): Dialer {
    const stack = server === undefined ? this.#network.internet('user') : this.#network.server(server);
    return dialerOf(stack, as);
  }

  begin(phase: Phase, change?: string): void {
    this.#phase = phase;
    this.note({ kind: 'phase', ...(change && { change }) });
  }

  async change(site: Site): Promise<void> {
    this.#site = site;
    this.#users.forget();
    await this.#fabric.cut();
    await this.#cloud.setSite(site);
    const authority = await this.#install(site);
    for (const server of site.servers)
      this.#connectors.get(server.name)?.setSite(server, site, trusted(site, authority));
  }

  async perform(step: Step): Promise<void> {
    this.note({ kind: 'step', text: inWords(step) });
    switch (step.do) {
      case 'operate':
        return this.#connector(step.server).perform(step.operation);
      case 'visit':
        await this.#users.visit(step.url, step.user);
        return this.#idle();
      case 'access': {
        const { do: _, ...target } = step;
        await this.#users.access(target);
        return this.#idle();
      }
      case 'administer':
        return this.#users.administer(step.what, step.user);
      case 'view-portal':
        return this.#cloud.viewConnector(step.connector);
      case 'pass':
        await this.#clock.advance(step.ms);
        this.note({ kind: 'clock', advancedMs: step.ms });
        return;
      case 'reach':
        return this.#reach(step);
      case 'knock': {
        const { connection, outcome } = this.#network.knock(step.server, step.port);
        this.note({
          kind: 'reach',
          from: 'outside',
          host: step.server,
          port: step.port,
          connection,
          outcome,
        });
        return;
      }
      case 'service':
        return this.#connector(step.server).service(step.service, step.to);
    }
  }

  note(event: EventBody): void {
    this.#emit('harness', event);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    this.onEnd();
    for (const connector of this.#connectors.values()) await connector[Symbol.asyncDispose]();
    await this.#fabric[Symbol.asyncDispose]();
    await this.#cloud[Symbol.asyncDispose]();
    await this.#applications[Symbol.asyncDispose]();
  }

  /** Devices, applications and the inspector's list, as a site has them. */
  async #install(site: Site): Promise<InspectionAuthority | undefined> {
    const authority = site.inspection && (await this.pki.inspectionAuthority(site.inspection.authority));
    await this.#network.install(site, this.#cloud.zone, authority);
    const { applications, inspectionList } = siteAddresses(site);
    await this.#applications.setSite(site, applications);
    if (authority) {
      const server = listServer(authority, () => this.#clock.now());
      this.#fabric.listen(inspectionList, 80, ({ socket }) => void server.emit('connection', socket));
    }
    return authority;
  }

  async #reach({ from, account, host, port }: StepOf<'reach'>): Promise<void> {
    const stack = this.#network.server(from);
    const note = (outcome: ResultName, connection: string | undefined) =>
      this.note({ kind: 'reach', from, account, host, port, outcome, ...(connection && { connection }) });
    try {
      const { id, socket } = await stack.connect({ host, port, account });
      socket.destroy();
      note('ok', id);
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      note(error.result, error.connection);
    }
  }

  /** Ends when connectors have done with whatever users began. */
  async #idle(): Promise<void> {
    await Promise.all([...this.#connectors.values()].map((connector) => connector.idle()));
  }

  #connector(server: string): Connector {
    const connector = this.#connectors.get(server);
    if (!connector) throw new Error(`the site has no server called ${server}`);
    return connector;
  }

  #emit(machine: string, event: EventBody): string {
    const id = `e${++this.#events}`;
    const stamp = {
      id,
      scenario: this.options.scenario,
      phase: this.#phase,
      machine,
      at: this.#clock.now(),
      wallMs: Math.round((performance.now() - this.#started) * 10) / 10,
    };
    this.options.record({ ...event, ...stamp });
    return id;
  }
}

function trusted(site: Site, authority: InspectionAuthority | undefined) {
  return site.inspection?.['trusted-by-server'] && authority
    ? { name: authority.name, der: authority.der }
    : undefined;
}
