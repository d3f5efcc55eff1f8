import type { RawData, WebSocket } from 'ws';
import type { Timer } from '../../../network.js';
import { type ListenerResponse, readListenerMessage } from '../../../protocol/hybrid.js';
import { sasFacts } from '../../../protocol/sas.js';
import { ProtocolError } from '../../../protocol/xml.js';
import { felt } from '../../faults.js';
import type { CloudContext } from '../../service.js';
import { authorize } from './access.js';

/** A listener's answer to a request. */
export interface Answer {
  response: ListenerResponse;
  body: Buffer;
}

export interface ListenerPlace {
  host: string;
  path: string;
  token: string;
  connection: string;
}

/** The service recycles listeners' connections after so long (connector-facts 2.5). */
const recycleMs = 24 * 3_600_000;

/** The control channel of one listener: offers out; answers and new tokens in. */
export class HybridListener {
  readonly #answers = new Map<string, (answer: Answer | undefined) => void>();
  #expiry: Timer | undefined;
  readonly #recycle: Timer;
  /** An answer whose body is still to come. */
  #unfinished: ListenerResponse | undefined;

  constructor(
    private readonly context: CloudContext,
    private readonly socket: WebSocket,
    private readonly place: ListenerPlace,
  ) {
    const { host, connection } = place;
    socket.on('message', (data: RawData, isBinary: boolean) => {
      try {
        if (isBinary) this.#body(data as Buffer);
        else this.#message(String(data));
      } catch (error) {
        if (error instanceof ProtocolError) socket.close(1003, error.message);
        else socket.close(1011, 'an internal error');
      }
    });
    socket.once('close', () => this.#end());
    this.#expire(place.token);
    this.#recycle = context.stack.clock.after(recycleMs, () => {
      if (felt(context, ['relay-recycled'], { host, connection })) socket.close(1001, 'recycled');
    });
  }

  /** Sends a message, and a body after it. */
  tell(message: object, body?: Buffer): void {
    this.socket.send(JSON.stringify(message));
    if (body) this.socket.send(body, { binary: true });
  }

  /** The answer to a request; undefined where the listener goes away before it. */
  answer(requestId: string): Promise<Answer | undefined> {
    return new Promise((resolve) => this.#answers.set(requestId, resolve));
  }

  /** An answer came, or none will. */
  settle(requestId: string, answer?: Answer): void {
    this.#answers.get(requestId)?.(answer);
    this.#answers.delete(requestId);
  }

  #message(text: string): void {
    const message = readListenerMessage(text);
    if ('renewToken' in message) {
      this.#renew(message.renewToken.token);
      return;
    }
    if (message.response.body) this.#unfinished = message.response;
    else this.settle(message.response.requestId, { response: message.response, body: Buffer.alloc(0) });
  }

  #body(body: Buffer): void {
    if (!this.#unfinished) throw new ProtocolError('a body without an answer');
    this.settle(this.#unfinished.requestId, { response: this.#unfinished, body });
    this.#unfinished = undefined;
  }

  /** There is no reply to a new token; a bad one ends the channel (connector-facts 2.2). */
  #renew(token: string): void {
    const { host, path } = this.place;
    const refused = authorize(this.context, { right: 'listen', host, path, token });
    if (refused) this.socket.close(1008, refused.reason.slice(0, 120));
    else this.#expire(token);
  }

  #expire(token: string): void {
    const { clock } = this.context.stack;
    this.#expiry?.cancel();
    this.#expiry = clock.after((sasFacts(token)?.expires ?? 0) - clock.now(), () =>
      this.socket.close(1008, 'the token has expired'),
    );
  }

  #end(): void {
    this.#expiry?.cancel();
    this.#recycle.cancel();
    for (const id of [...this.#answers.keys()]) this.settle(id);
  }
}
