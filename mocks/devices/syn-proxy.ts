import type { Socket } from 'node:net';
import { decideSynProxy } from '../../model/policy/syn-proxy.js';
import type { SynProxy } from '../../model/site/schema.js';
import { type Attempt, decided, type Emitter } from './decided.js';
import { peekName } from './peek-name.js';
import { splice } from './splice.js';

/** Stands in the middle of one connection, which stands already; `next` opens the way to the server. */
export type Middle = (attempt: Attempt, inner: Socket, next: () => Promise<Socket>) => Promise<void>;

/**
 * A firewall that answers TCP itself and connects onward only after it has read the ClientHello. What
 * it does not like it resets: to the client, the host was open until then.
 */
export function synProxy(context: Emitter, settings: SynProxy): Middle {
  return async (attempt, inner, next) => {
    const name = (await peekName(inner)) ?? attempt.flow.host;
    if (inner.destroyed) return;
    const decision = decideSynProxy(settings, name);
    decided(context, attempt, { device: 'syn-proxy', ...decision, byName: true });
    if (decision.action === 'reset') return void inner.resetAndDestroy();
    try {
      splice(inner, await next());
    } catch {
      // A device further on refused; its evidence is in the log, this client sees a reset.
      inner.resetAndDestroy();
    }
  };
}
