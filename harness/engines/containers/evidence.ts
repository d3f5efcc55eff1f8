import type { Evident } from '../../../docker/agent/channel.js';
import { triedBefore } from '../../../docker/agent/connection-id.js';
import type { LoggedQuery } from '../../../docker/agent/devices/query-log.js';
import {
  encodePrefix,
  type LoggedPacket,
  type LogPrefix,
  logLine,
} from '../../../docker/agent/log-prefix.js';
import { deciderOf } from '../../../mocks/devices/decided.js';
import { noPortOpen } from '../../../mocks/devices/nothing-listens.js';
import type { EventBody } from '../../../model/evidence/event.js';
import type { ResultName } from '../../../model/evidence/vocabulary.js';
import { publicNamesOnly } from '../../../model/path/names.js';
import { ipv4Of } from '../../../model/site/address-plan.js';
import { edgeFirewalls } from '../../../model/site/edge-firewalls.js';
import { isProxyMachine, proxiesOf } from '../../../model/site/proxies.js';
import { ConnectionTracking, type DecisionEvent, flowOf, type Known } from './connection-tracking.js';
import type { DeviceLine, Finding, Present } from './devices/containers-device.js';
import { findingOf, takeDecisions } from './devices/devices.js';
import { queryEvent } from './devices/query-event.js';
import { type Admission, ProxyRequests } from './proxy-requests.js';
import { SiteNames } from './site-names.js';

/** Packets of these kinds may go either way of their connection. */
const bothWays: readonly LogPrefix['kind'][] = ['gone', 'link lost', 'link narrow'];

export interface EvidenceOptions {
  record(machine: string, event: EventBody): void;
  /** A connection of a machine ends with a result, and the machine has to be told. */
  end(machine: string, connection: string, result: ResultName, words: string): void;
  /** The far end of a connection hears no more of it. */
  endFar(connection: string, words: string): void;
  /** Queries for a name get no answer. `of`: only this server's. */
  endQueries(name: string, of?: string): void;
}

/**
 * Joins what machines did with what the network's sensors saw. Machines name a connection by its
 * addresses and ports; here it gets its id, and every decision the rule's own name. Events wait until
 * the step that they belong to is over, and all of its evidence has come.
 */
export class Evidence {
  readonly #tracking = new ConnectionTracking();
  #requests: ProxyRequests;
  #names: SiteNames;
  /** What holds as soon as others on the path have said that it may. */
  readonly #waiting = new Map<Known, Finding[]>();
  #buffer: { machine: string; event: EventBody }[] = [];
  #faults = new Map<string, string>();

  constructor(
    private readonly options: EvidenceOptions,
    private present: Present,
  ) {
    this.#requests = new ProxyRequests(present);
    this.#names = new SiteNames(present);
  }

  /** Another site is in place: what is seen from now on is by its rules. */
  use(present: Present): void {
    this.present = present;
    this.#requests = new ProxyRequests(present);
    this.#names = new SiteNames(present);
    this.#tracking.turn();
    this.#waiting.clear();
  }

  /** An event of the harness itself, or of a machine. */
  add(machine: string, event: EventBody): void {
    this.#buffer.push({ machine, event });
    if (event.kind === 'connection') this.#tracking.open(machine, event);
  }

  hear(notice: Evident): void {
    switch (notice.kind) {
      case 'event':
        this.add(notice.machine, notice.event);
        return;
      case 'packet':
        this.#see(notice.packet);
        return;
      case 'alias':
        this.#tracking.carry(notice.upstream, notice.connection);
        return;
      case 'admitted':
      case 'expired':
      case 'named':
        this.#tracking.withKnown(notice.connection, (known) => this.#take(known, notice));
        return;
      case 'state':
        this.add('edge-firewall', notice);
        if (notice.state !== 'established') this.#tracking.close(notice.connection);
        return;
      case 'query':
        this.#hearQuery(notice.query);
        return;
      case 'resolver-fault':
        this.#faults.set(faultKey(notice.of, notice.name), notice.rule);
        if (!notice.answered) this.options.endQueries(notice.name, notice.of);
        return;
    }
  }

  /** Who asked tells of its names itself, but for the proxy: squid tells nobody. */
  #hearQuery(query: LoggedQuery): void {
    const { site, addresses } = this.present;
    this.add('resolver', queryEvent(query, site, addresses));
    const { name, chain, addresses: given, outcome } = query;
    const proxy = proxiesOf(site).find(({ address }) => address === query.from);
    if (proxy)
      this.add(proxy.machine, { kind: 'dns', name, chain, addresses: given, outcome, device: 'resolver' });
  }

  /** A server answered somebody outside with a refusal: nothing listens there. */
  refusedBy(server: string, connection: string): void {
    const known = this.#tracking.find(connection);
    if (known) this.#note(known, noPortOpen(), { ...flowOf(known), host: server });
  }

  /** Writes everything that waits, with ids in place of addresses and decisions behind connections. */
  flush(): void {
    const buffer = this.#buffer;
    this.#buffer = [];
    for (const { machine, event } of buffer) {
      this.options.record(machine, this.#finish(event, machine));
      if (event.kind !== 'connection') continue;
      this.#tell(this.#tracking.find(event.connection));
    }
    // Decisions about connections of earlier steps.
    for (const known of this.#tracking.all()) this.#tell(known);
    this.#faults = new Map();
    this.#requests.turn();
  }

  #tell(known: Known | undefined): void {
    for (const decision of takeDecisions(known))
      this.options.record(deciderOf(decision), this.#finish(decision));
  }

  /** Finds out which connection a logged packet is of. */
  #see(packet: LoggedPacket): void {
    const { prefix, fromPort, toPort } = packet;
    if (packet.protocol !== 'tcp') return;
    // What is tried over IPv6 has the ports of the connection that is made in its place.
    const from = ipv4Of(packet.from) ?? packet.from;
    const to = ipv4Of(packet.to) ?? packet.to;
    const forward = `${from}:${fromPort}>${to}:${toPort}`;
    const backward = `${to}:${toPort}>${from}:${fromPort}`;
    const comesBack =
      prefix.kind === 'refused' || (bothWays.includes(prefix.kind) && this.#tracking.has(backward));
    const key = comesBack ? backward : forward;
    if (prefix.kind === 'onward') {
      this.#tracking.carryOldest(forward, to, toPort);
      return;
    }
    if (prefix.kind === 'proxy' && !this.#tracking.has(key)) {
      this.#openByProxy(key, packet);
      return;
    }
    const text = encodePrefix(prefix);
    this.#tracking.withKnown(key, (known) => {
      // Packets that are sent again are logged again.
      if (known.seen.has(text)) return;
      known.seen.add(text);
      this.#take(known, { ...prefix, log: logLine(packet) });
      // Whoever is at the other end would notice after a time of its own, which does not pass in a lab.
      if (prefix.kind === 'gone') this.options.endFar(key, 'the connection was forgotten on the way');
    });
  }

  /** What a device's line means for the connection that it is about. */
  #take(known: Known, line: DeviceLine): void {
    // Only the last of several firewalls says that the connection went on behind them.
    const last = edgeFirewalls(this.present.site).length - 1;
    if (line.kind !== 'edge' || (line.place ?? 0) === last) known.heard.add(line.kind);
    const finding = findingOf(line.kind, line, known, this.present);
    if (finding) this.#find(known, finding);
    if (line.kind === 'admitted') this.#admit(known, line, finding?.decision?.action === 'allow');
    const waiting = this.#waiting.get(known) ?? [];
    this.#waiting.delete(known);
    for (const one of waiting) this.#find(known, one);
  }

  #find(known: Known, finding: Finding): void {
    const { decision, flow, end, passedOver, after } = finding;
    if (after && (known.ended || known.refused)) return;
    if (after && after.length > 0 && !after.some((kind) => known.heard.has(kind))) {
      this.#waiting.set(known, [...(this.#waiting.get(known) ?? []), finding]);
      return;
    }
    if (decision) this.#note(known, decision, flow);
    if (end) this.#end(known, end.result, end.words);
    if (passedOver) {
      const { machine, event } = known;
      this.options.end(machine, triedBefore(event.connection), passedOver.result, passedOver.words);
    }
  }

  #openByProxy(key: string, { from, to, toPort }: LoggedPacket): void {
    const { site, addresses } = this.present;
    const proxy = proxiesOf(site).find(({ address }) => address === from);
    if (!proxy || to === addresses.resolver) return;
    this.add(proxy.machine, this.#requests.opened(proxy.machine, key, to, toPort));
  }

  /** A proxy decided about a request. Its own connection may have been heard of first. */
  #admit(known: Known, request: Admission, isLetThrough: boolean): void {
    if (isProxyMachine(known.machine)) this.#requests.handedOn(known.event, request);
    const orphan = isLetThrough ? this.#requests.admitted(request) : undefined;
    if (!orphan) return;
    for (const { flow } of this.#tracking.find(orphan.connection)?.decisions ?? []) flow.host = request.host;
  }

  #note(
    known: Known,
    decision: NonNullable<Finding['decision']>,
    flow: DecisionEvent['flow'] = flowOf(known),
  ): void {
    const { machine, account, host, address, port } = flow;
    if (decision.device === 'edge-firewall' && decision.action !== 'allow') known.refused = true;
    known.decisions.push({
      kind: 'decision',
      connection: known.event.connection,
      ...decision,
      flow: { machine, account, host, address, port },
    });
  }

  #end(known: Known, result: ResultName, words: string): void {
    known.ended = true;
    this.options.end(known.machine, known.event.connection, result, words);
  }

  #finish(event: EventBody, machine?: string): EventBody {
    if (event.kind === 'dns') return this.#ofName(event, machine);
    if (!('connection' in event) || event.connection === undefined) return event;
    const named = { ...event, connection: this.#tracking.idOf(event.connection) };
    if ('because' in named && named.because) named.because = this.#tracking.idOf(named.because);
    if (named.kind === 'connection' && named.parent) named.parent = this.#tracking.idOf(named.parent);
    const isOfProxy = this.present.site.inspection?.at === 'proxy';
    // Devices in the middle know addresses; who asked for which host is the machine's own knowledge.
    const known = this.#tracking.find(event.connection);
    if (named.kind === 'decision' && named.device === 'inspector' && known && !isOfProxy) {
      const { machine, account, host, address, port } = flowOf(known);
      named.flow = { machine, account, host, address, port };
    }
    return named;
  }

  /** Machines know what they were told, and not whether it is so. */
  #ofName(event: Extract<EventBody, { kind: 'dns' }>, machine = ''): EventBody {
    if (event.device === 'server')
      return event.outcome === 'ok'
        ? { ...event, outcome: this.#names.ask(machine, event.name).outcome }
        : event;
    const own = this.present.site.servers.find(({ name, resolver }) => name === machine && resolver);
    const asked = [event.name, ...event.chain].map((name) => faultKey(own?.name, name));
    const rule = asked.map((key) => this.#faults.get(key)).find((one) => one !== undefined);
    if (!rule) return this.#ledBack(event, own?.name);
    return {
      ...event,
      rule,
      ...(rule.startsWith('wrong-address') && { outcome: 'dns-wrong-answer' as const }),
    };
  }

  /** A resolver that knows public names only says the truth, and leads back to the service. */
  #ledBack(event: Extract<EventBody, { kind: 'dns' }>, server: string | undefined): EventBody {
    if (server === undefined || event.outcome !== 'ok') return event;
    const { outcome, rule } = this.#names.ask(server, event.name);
    return rule === publicNamesOnly ? { ...event, outcome, rule } : event;
  }
}

/** A name, as the resolver of one server knows it, or the site's. */
function faultKey(of: string | undefined, name: string): string {
  return `${of ?? ''} ${name}`;
}
