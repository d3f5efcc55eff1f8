import { createHmac, randomUUID } from 'node:crypto';
import type { AmqpError, EventContext, link as Link, Receiver, Sender } from 'rhea';
import type { WebSocket } from 'ws';
import type { Timer } from '../../network.js';
import { acceptAmqp } from '../../protocol/amqp/over-websocket.js';
import type { RelayNamespace } from '../../protocol/names.js';
import { checkSas } from '../../protocol/sas.js';
import { linkAddress, readLinkProperties, readReport } from '../../protocol/signalling.js';
import { felt } from '../faults.js';
import type { CloudContext } from '../service.js';
import type { ControlSession } from './listeners.js';
import { endOrphans } from './orphans.js';

/** A connection that does not come to listen within so much lab time is closed (connector-facts 1.4). */
const openMs = 30_000;
/** The service recycles listeners' connections after so long (connector-facts 2.5). */
const recycleMs = 24 * 3_600_000;

/** The path of a connector at every namespace. */
export function servicePathOf(tenantId: string, connectorId: string): string {
  return `${tenantId}_${connectorId}`;
}

/** The key that bootstrap gives a connector for its path, and for no other. */
export function listenKey({ pki }: CloudContext, servicePath: string): string {
  return createHmac('sha256', pki.relayKey).update(servicePath).digest('base64');
}

export interface Arrived {
  namespace: RelayNamespace;
  /** The connection, as evidence names it. */
  connection: string;
  /** To be told once it listens: then it is no stranger. */
  known(): void;
}

/**
 * The relay's side of one control connection: a link each way, opened with a token that is checked
 * against the clock; then signals out, and what became of them in.
 */
export class Control implements ControlSession {
  connectorId = '';
  readonly #amqp: ReturnType<typeof acceptAmqp>;
  readonly #timers: Timer[] = [];
  #heard: number;
  #out: Receiver | undefined;
  #in: Sender | undefined;
  /** Whether the end was agreed on, so that nothing that was signalled is lost. */
  #agreed = false;
  #ended: (() => void)[] = [];

  constructor(
    private readonly context: CloudContext,
    private readonly socket: WebSocket,
    private readonly arrived: Arrived,
  ) {
    const { clock } = context.stack;
    this.#heard = clock.now();
    this.#amqp = acceptAmqp(
      socket,
      { container_id: this.namespace.host },
      { onEmptyFrame: () => this.#answerEmptyFrame(), onEnd: () => this.#end() },
    );
    const { amqp } = this.#amqp;
    amqp.on('receiver_open', ({ receiver }: EventContext) => receiver && this.#attached(receiver));
    amqp.on('sender_open', ({ sender }: EventContext) => sender && this.#attached(sender));
    for (const closed of ['receiver_close', 'sender_close'])
      amqp.on(closed, () => socket.close(1000, 'a link was closed'));
    amqp.on('message', ({ message }: EventContext) => this.#report(message?.body));
    amqp.on('connection_close', () => {
      this.#agreed = true;
    });
    this.#timers.push(
      clock.after(openMs, () => {
        if (!this.connectorId) socket.close(1008, 'nothing was opened');
      }),
    );
  }

  get namespace(): RelayNamespace {
    return this.arrived.namespace;
  }

  send(signal: Parameters<ControlSession['send']>[0]): void {
    this.#in?.send({ body: signal });
  }

  /** Closes the connection where the service recycles it; ends when it is gone. */
  async #recycle(): Promise<void> {
    const { connection } = this.arrived;
    if (!felt(this.context, ['relay-recycled'], { host: this.namespace.host, connection })) return;
    this.#agreed = true;
    const ended = new Promise<void>((resolve) => this.#ended.push(resolve));
    this.#amqp.amqp.close({
      condition: 'amqp:connection:forced',
      description: `The connection was recycled. ${trackingId()}`,
    } as AmqpError);
    // After what AMQP has to say, which goes out in the next tick.
    process.nextTick(() => this.socket.close(1001, 'recycled'));
    await ended;
  }

  #attached(link: Receiver | Sender): void {
    const refusal = this.#refusal(link);
    if (refusal) {
      this.#note(link, refusal.status, refusal.why);
      const description = `${refusal.status}: ${refusal.why}. ${trackingId()}`;
      link.close({ condition: refusal.condition, description } as AmqpError);
      return;
    }
    if (this.#out && this.#in) return;
    if (link.is_receiver()) this.#out = link as Receiver;
    else this.#in = link as Sender;
    if (!this.#out || !this.#in) return;
    this.#listens(link);
    // Who may send knows that both links were accepted.
    this.#out.add_credit(100);
  }

  #refusal(link: Receiver | Sender) {
    const { context } = this;
    const { host } = this.namespace;
    const connectorId = this.#connectorOf(link);
    if (!connectorId || (this.connectorId && this.connectorId !== connectorId))
      return { condition: 'amqp:not-found', status: 404, why: 'no such address' };
    const servicePath = servicePathOf(context.site().tenant.id, connectorId);
    const arrived = { host, connection: this.arrived.connection };
    const isOther = felt(context, ['relay-keys-changed'], arrived) !== undefined;
    const key = listenKey(context, isOther ? `another ${servicePath}` : servicePath);
    const standing = this.#standing(link, `${host}/${servicePath}`, key);
    if (standing !== 'valid')
      return { condition: 'amqp:unauthorized-access', status: 401, why: `token ${standing}` };
    this.connectorId = connectorId;
    return undefined;
  }

  #standing(link: Link, resource: string, key: string) {
    try {
      const token = readLinkProperties(link.properties)['com.microsoft:swt'];
      const keyOf = (name: string) => (name === 'Connector' ? key : undefined);
      return checkSas(token, { keyOf, resource, now: this.context.stack.clock.now() });
    } catch {
      return 'malformed';
    }
  }

  /** Whose address a link is for. */
  #connectorOf(link: Receiver | Sender): string | undefined {
    const address = addressOf(link);
    const { host } = this.namespace;
    const { id } = this.context.site().tenant;
    return [...this.context.state.connectors.keys()].find(
      (one) => linkAddress(host, servicePathOf(id, one)) === address,
    );
  }

  #listens(link: Link): void {
    const { stack, state, site } = this.context;
    this.arrived.known();
    state.listeners.add(this);
    this.#note(link, 200);
    this.#watch(site().cloud.timers['signalling-idle']);
    this.#timers.push(stack.clock.after(recycleMs, () => this.#recycle()));
  }

  /** Closes the connection where nothing came for so long. Milliseconds. */
  #watch(idleMs: number): void {
    const { clock } = this.context.stack;
    const look = () => {
      if (clock.now() - this.#heard < idleMs) this.#watch(idleMs);
      else this.socket.close(1001, 'idle');
    };
    this.#timers.push(clock.after(this.#heard + idleMs - clock.now(), look));
  }

  #answerEmptyFrame(): void {
    this.#heard = this.context.stack.clock.now();
    this.#amqp.sendEmptyFrame();
  }

  #report(body: unknown): void {
    try {
      const { RelayId, Delivered } = readReport(body);
      const request = this.context.state.pending.get(RelayId);
      if (!Delivered && request?.connectorId === this.connectorId) request.end({ kind: 'timeout' });
    } catch {
      this.socket.close(1003, 'a message that is not of the protocol');
    }
    this.#out?.add_credit(1);
  }

  #end(): void {
    for (const timer of this.#timers) timer.cancel();
    for (const tell of this.#ended.splice(0)) tell();
    this.context.state.listeners.remove(this);
    if (this.connectorId) endOrphans(this.context, this, this.#agreed);
  }

  #note(link: Receiver | Sender | Link, status: number, detail?: string): void {
    this.context.stack.emit({
      kind: 'cloud',
      service: 'relay',
      host: this.namespace.host,
      connection: this.arrived.connection,
      method: 'ATTACH',
      path: /^sb:\/\/[^/]*(\/[^?#]{0,200})/.exec(addressOf(link as Receiver) ?? '')?.[1] ?? '/',
      status,
      clientCertificate: 'not-asked',
      ...(this.connectorId && { connector: this.connectorId }),
      ...(detail && { detail }),
    });
  }
}

function addressOf(link: Receiver | Sender): string | undefined {
  const address: unknown = link.is_receiver() ? link.target?.address : link.source?.address;
  return typeof address === 'string' ? address : undefined;
}

function trackingId(): string {
  return `TrackingId:${randomUUID()}`;
}
