import { Applications } from '../../../mocks/applications/applications.js';
import { Cloud } from '../../../mocks/cloud/cloud.js';
import { Connector } from '../../../mocks/connector/connector.js';
import type { CertificateFacts } from '../../../mocks/connector/trust/certificate-facts.js';
import { LabClock } from '../../../mocks/devices/lab-clock.js';
import { listServer } from '../../../mocks/devices/list-server.js';
import { dialerOf } from '../../../mocks/loopback/dialer.js';
import { Fabric } from '../../../mocks/loopback/fabric.js';
import type { SocketPairs } from '../../../mocks/loopback/socket-pair.js';
import type { Asker, Dialer, NetworkStack } from '../../../mocks/network.js';
import type { Pki, TrustedRoot } from '../../../mocks/pki/pki.js';
import { type Trust, trustOf } from '../../../mocks/pki/trust.js';
import { Visitor } from '../../../mocks/users/visitor.js';
import type { EventBody } from '../../../model/evidence/event.js';
import type { Phase } from '../../../model/evidence/vocabulary.js';
import type { Step } from '../../../model/scenario/step.js';
import { siteAddresses } from '../../../model/site/addresses.js';
import type { Site } from '../../../model/site/schema.js';
import { conduct } from '../conductor.js';
import type { Lab, LabOptions } from '../engine.js';
import { Recorder } from '../recorder.js';
import { Network } from './network.js';
import { type EmbeddedParts, EmbeddedVerbs } from './verbs.js';

/** What labs of one run have in common. */
export interface SharedParts {
  pairs: SocketPairs;
  pki: Pki;
  certificates: CertificateFacts;
}

/** What the devices of a lab are made of, and whoever lives in it. */
interface Parts extends EmbeddedParts {
  recorder: Recorder;
  fabric: Fabric;
  applications: Applications;
  pki: Pki;
  trust: Trust;
  connectors: Map<string, Connector>;
}

/** One site with its cloud, connectors and applications, all in this process. */
export class EmbeddedLab implements Lab {
  readonly #verbs: EmbeddedVerbs;
  #ended: Promise<void> | undefined;
  #addedRoots: readonly TrustedRoot[] = [];

  private constructor(
    private readonly parts: Parts,
    private readonly onEnd: () => void,
  ) {
    this.#verbs = new EmbeddedVerbs(parts);
  }

  static async open(
    site: Site,
    shared: SharedParts,
    options: LabOptions,
    onEnd: () => void,
  ): Promise<EmbeddedLab> {
    const { pki, pairs, certificates } = shared;
    const clock = new LabClock(options.startAt);
    const recorder = new Recorder(options, () => clock.now());
    const fabric = new Fabric(pairs);
    const emit = (machine: string, event: EventBody) => recorder.record(machine, event);
    const network = new Network({ fabric, clock, emit }, site);
    const cloud = await Cloud.start({ stack: network.internet('cloud'), site, pki });
    const lab = new EmbeddedLab(
      {
        ...{ clock, recorder, fabric, network, cloud, pki, trust: await trustOf(pki) },
        users: new Visitor({ stack: network.internet('user'), roots: pki.roots, site: () => network.site }),
        applications: new Applications({
          stack: network.internet('applications'),
          authority: () => pki.applicationAuthority(),
        }),
        connectors: new Map<string, Connector>(),
        note: (event) => void recorder.record('harness', event),
      },
      onEnd,
    );
    const addedRoots = await lab.#install(site);
    lab.#addedRoots = addedRoots;
    for (const server of site.servers) {
      const stack = network.server(server.name);
      const connector = new Connector({
        stack,
        server,
        site,
        roots: pki.roots,
        certificates,
        addedRoots,
      });
      lab.parts.connectors.set(server.name, connector);
    }
    return lab;
  }

  /** What a program on one of the site's servers has: its network, and the authorities that the server trusts. */
  on(server: string): {
    stack: NetworkStack;
    roots: readonly TrustedRoot[];
    published: readonly TrustedRoot[];
  } {
    const { network, pki } = this.parts;
    const published = pki.roots;
    return { stack: network.server(server), roots: [...published, ...this.#addedRoots], published };
  }

  get trust(): Trust {
    return this.parts.trust;
  }

  dialer(server?: string, as: Asker = {}): Dialer {
    const { network } = this.parts;
    return dialerOf(server === undefined ? network.internet('user') : network.server(server), as);
  }

  begin(phase: Phase, change?: string): void {
    this.parts.recorder.phase = phase;
    this.note({ kind: 'phase', ...(change && { change }) });
  }

  async change(site: Site): Promise<void> {
    const { users, fabric, cloud, connectors } = this.parts;
    users.forget();
    await fabric.cut();
    await cloud.setSite(site);
    const addedRoots = await this.#install(site);
    this.#addedRoots = addedRoots;
    for (const server of site.servers) connectors.get(server.name)?.setSite(server, site, addedRoots);
  }

  perform(step: Step): Promise<void> {
    return conduct(step, this.#verbs);
  }

  note(event: EventBody): void {
    this.parts.note(event);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    const { connectors, fabric, cloud, applications } = this.parts;
    this.onEnd();
    for (const connector of connectors.values()) await connector[Symbol.asyncDispose]();
    await fabric[Symbol.asyncDispose]();
    await cloud[Symbol.asyncDispose]();
    await applications[Symbol.asyncDispose]();
  }

  /**
   * Devices, applications and the inspector's list, as a site has them. Returns the authorities that its
   * servers trust besides the public ones.
   */
  async #install(site: Site): Promise<TrustedRoot[]> {
    const { pki, network, cloud, applications, fabric, clock } = this.parts;
    const authority = site.inspection && (await pki.inspectionAuthority(site.inspection.authority));
    await network.install(site, cloud.zone, authority);
    const addresses = siteAddresses(site);
    const own = await applications.setSite(site, () => true);
    if (authority) {
      const server = listServer(authority, () => clock.now());
      fabric.listen(addresses.inspectionList, 80, ({ socket }) => void server.emit('connection', socket));
    }
    const inspecting = site.inspection?.['trusted-by-server'] ? authority : undefined;
    return [inspecting && { name: inspecting.name, der: inspecting.der }, own].filter(
      (root) => root !== undefined,
    );
  }
}
