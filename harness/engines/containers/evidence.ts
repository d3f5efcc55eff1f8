import type { Notice, Sight } from '../../../docker/agent/channel.js';
import { noPortOpen, nothingListens } from '../../../mocks/devices/nothing-listens.js';
import { refusal } from '../../../mocks/devices/refusal.js';
import type { EventBody } from '../../../model/evidence/event.js';
import type { ResultName } from '../../../model/evidence/vocabulary.js';
import { explain, type Policy } from '../../../model/policy/decide.js';
import { decideInbound } from '../../../model/policy/inbound.js';
import { linkDecision } from '../../../model/policy/link.js';
import { explainProxy } from '../../../model/policy/proxy.js';
import { isInside, type SiteAddresses } from '../../../model/site/addresses.js';
import type { Site } from '../../../model/site/schema.js';
import { ConnectionBook, type DecisionEvent, flowOf, type Known, takeDecisions } from './connection-book.js';
import { logLine, parsePrefix } from './kernel-log.js';
import { queryEvent } from './query-event.js';

type DeviceDecision = Pick<DecisionEvent, 'device' | 'action' | 'rule' | 'explanation' | 'byName' | 'log'>;

interface Admission {
  connection: string;
  host: string;
  port: number;
}

export interface EvidenceOptions {
  record(machine: string, event: EventBody): void;
  /** A connection of a machine ends with a result, and the machine has to be told. */
  end(machine: string, connection: string, result: ResultName, words: string): void;
  /** Queries for a name get no answer. */
  endQueries(name: string): void;
}

/**
 * Joins what machines did with what the network's sensors saw. Machines name a connection by its
 * addresses and ports; here it gets its id, and every decision the rule's own name. Events wait until
 * the step that they belong to is over, and all of its evidence has come.
 */
export class Evidence {
  readonly #book = new ConnectionBook();
  readonly #admissions: Admission[] = [];
  #buffer: { machine: string; event: EventBody }[] = [];
  #faults = new Map<string, string>();

  constructor(
    private readonly options: EvidenceOptions,
    private site: Site,
    private addresses: SiteAddresses,
  ) {}

  /** Another site is in place: what is seen from now on is by its rules. */
  use(site: Site, addresses: SiteAddresses): void {
    this.site = site;
    this.addresses = addresses;
    this.#book.turn();
    this.#admissions.length = 0;
  }

  /** An event of the harness itself, or of a machine. */
  add(machine: string, event: EventBody): void {
    this.#buffer.push({ machine, event });
    if (event.kind === 'connection') this.#book.open(machine, event);
  }

  hear(notice: Notice): void {
    switch (notice.kind) {
      case 'event':
        this.add(notice.machine, notice.event);
        return;
      case 'sight':
        this.#see(notice.sight);
        return;
      case 'alias':
        this.#book.carry(notice.upstream, notice.connection);
        return;
      case 'admitted':
        this.#book.withKnown(notice.connection, (known) => this.#admit(known, notice));
        return;
      case 'named':
        this.#book.withKnown(notice.connection, (known) => this.#named(known, notice));
        return;
      case 'state':
        this.add('edge-firewall', notice);
        if (notice.state !== 'established') this.#book.close(notice.connection);
        return;
      case 'query':
        this.add('resolver', queryEvent(notice.query, this.site, this.addresses));
        return;
      case 'expired':
        this.#link(this.#book.find(notice.connection), 'expire');
        return;
      case 'resolver-fault':
        this.#faults.set(notice.name, notice.rule);
        if (!notice.answered) this.options.endQueries(notice.name);
        return;
    }
  }

  /** A server answered somebody outside with a refusal: nothing listens there. */
  refusedBy(server: string, connection: string): void {
    const known = this.#book.find(connection);
    if (known) this.#note(known, noPortOpen(server));
  }

  /** Writes everything that waits, with ids in place of addresses and decisions behind connections. */
  flush(): void {
    const buffer = this.#buffer;
    this.#buffer = [];
    for (const { machine, event } of buffer) {
      this.options.record(machine, this.#finish(event));
      if (event.kind !== 'connection') continue;
      this.#tell(this.#book.find(event.connection));
    }
    // Decisions about connections of earlier steps.
    for (const known of this.#book.all()) this.#tell(known);
    this.#faults = new Map();
  }

  #tell(known: Known | undefined): void {
    for (const decision of takeDecisions(known)) this.options.record(decision.device, this.#finish(decision));
  }

  #see(sight: Sight): void {
    const { prefix, from, fromPort, to, toPort } = sight;
    if (sight.protocol !== 'tcp') return;
    const forward = `${from}:${fromPort}>${to}:${toPort}`;
    const backward = `${to}:${toPort}>${from}:${fromPort}`;
    const refused = prefix === 'refused';
    const answers = refused || (['gone', 'link lost'].includes(prefix) && this.#book.has(backward));
    const key = answers ? backward : forward;
    if (prefix === 'onward') {
      this.#book.carryOldest(forward, to, toPort);
      return;
    }
    if (prefix === 'proxy' && !this.#book.has(key)) {
      this.#openByProxy(key, sight);
      return;
    }
    this.#book.withKnown(key, (known) => this.#seeOf(known, sight));
  }

  /** What a rule logged about a connection. */
  #seeOf(known: Known, sight: Sight): void {
    // Packets that are sent again are logged again.
    if (known.seen.has(sight.prefix)) return;
    known.seen.add(sight.prefix);
    const { chain, rule, index } = parsePrefix(sight.prefix);
    // Let in to be looked at: who looks decides.
    if (rule === 'peek') return;
    const log = logLine(sight);
    if (chain === 'edge') {
      this.#decide(known, 'edge-firewall', this.site.firewall, index, log);
      return;
    }
    if (chain === 'host') {
      this.#decide(known, 'host-firewall', this.#hostFirewall(known.machine), index, log);
      return;
    }
    if (chain === 'inbound') {
      this.#inbound(known, log);
      return;
    }
    if (chain === 'gone') {
      this.#end(known, 'tcp-drop', 'no answer: the connection was forgotten on the way');
      return;
    }
    if (chain === 'link') this.#link(known, rule === 'lost' ? 'lose' : 'delay');
    if (chain === 'refused') this.#refuse(known);
  }

  #decide(known: Known, device: string, policy: Policy, index: number | undefined, log: string): void {
    const flow = flowOf(known);
    const { action, rule, explanation } = explain(policy, index, flow);
    this.#note(known, { device, action, rule, explanation, log });
    if (action === 'allow') {
      if (known.refused && device === 'edge-firewall') this.#refuse(known);
      return;
    }
    const { result, message } = refusal(action, flow, known.event.connection);
    this.#end(known, result, message);
  }

  /** The edge firewall has read a name, or that there is none. */
  #named(known: Known, { name, rule: position }: Extract<Notice, { kind: 'named' }>): void {
    const flow = { ...flowOf(known), host: name ?? known.event.address, names: name ? [name] : [] };
    const index = position === 'default' ? undefined : Number(position);
    const { action, rule, explanation } = explain(this.site.firewall, index, flow);
    this.#note(known, { device: 'edge-firewall', action, rule, explanation, byName: true });
    if (action === 'drop') this.#end(known, 'tcp-drop', 'no answer after the connection was made');
  }

  #inbound(known: Known, log: string): void {
    const decision = decideInbound(this.site.firewall);
    this.#note(known, { ...decision, log });
    if (decision.action === 'drop') this.#end(known, 'tcp-drop', decision.explanation);
  }

  /** A refusal came back that no firewall sent: nobody listens there. */
  #refuse(known: Known): void {
    if (known.ended) return;
    const { host, address, port } = known.event;
    const isBehindEdge = !isInside(this.addresses, address);
    if (isBehindEdge && ![...known.seen].some((prefix) => prefix.startsWith('edge'))) {
      known.refused = true;
      return;
    }
    this.#note(known, nothingListens(this.addresses, address, port));
    this.#end(known, 'tcp-reject', `${host}:${port}: the connection was refused`);
  }

  #link(known: Known | undefined, what: 'delay' | 'lose' | 'expire'): void {
    const decision = linkDecision(this.site.link, what);
    if (!known || !decision) return;
    this.#note(known, decision);
    if (decision.action === 'lose' && this.site.link.loss === 1)
      this.#end(known, 'tcp-drop', 'no answer: the link loses everything');
  }

  #admit(known: Known, notice: Extract<Notice, { kind: 'admitted' }>): void {
    const { connection, host, port, rule } = notice;
    const decision = this.site.proxy && explainProxy(this.site.proxy, rule, { host, port });
    if (!decision) return;
    const flow = { machine: known.machine, host, address: '', port };
    this.#note(known, { device: 'proxy', ...decision }, flow);
    if (decision.action === 'allow') this.#admissions.push({ connection, host, port });
  }

  /** The proxy opens a connection: for the oldest request to such a port that has none yet. */
  #openByProxy(key: string, { to, toPort }: Sight): void {
    if (to === this.addresses.resolver) return;
    const index = this.#admissions.findIndex(({ port }) => port === toPort);
    const [request] = index < 0 ? [] : this.#admissions.splice(index, 1);
    this.add('proxy', {
      kind: 'connection',
      connection: key,
      host: request?.host ?? to,
      address: to,
      port: toPort,
      ...(request && { parent: request.connection }),
    });
  }

  #note(known: Known, decision: DeviceDecision, flow: DecisionEvent['flow'] = flowOf(known)): void {
    const { machine, account, host, address, port } = flow;
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

  #hostFirewall(machine: string): Policy {
    const server = this.site.servers.find(({ name }) => name === machine);
    return server?.['host-firewall'] ?? { default: 'allow', rules: [] };
  }

  #finish(event: EventBody): EventBody {
    if (event.kind === 'dns' && event.device === 'resolver') return this.#withFault(event);
    if (!('connection' in event) || event.connection === undefined) return event;
    const named = { ...event, connection: this.#book.idOf(event.connection) };
    if ('because' in named && named.because) named.because = this.#book.idOf(named.because);
    if (named.kind === 'connection' && named.parent) named.parent = this.#book.idOf(named.parent);
    // Devices in the middle know addresses; who asked for which host is the machine's own knowledge.
    const known = this.#book.find(event.connection);
    if (named.kind === 'decision' && named.device === 'inspector' && known) {
      const { machine, account, host, address, port } = flowOf(known);
      named.flow = { machine, account, host, address, port };
    }
    return named;
  }

  #withFault(event: Extract<EventBody, { kind: 'dns' }>): EventBody {
    const rule = this.#faults.get(event.name);
    if (!rule) return event;
    return {
      ...event,
      rule,
      ...(rule.startsWith('wrong-address') && { outcome: 'dns-wrong-answer' as const }),
    };
  }
}
