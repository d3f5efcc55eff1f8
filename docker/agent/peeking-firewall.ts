import { createServer, type Server, type Socket } from 'node:net';
import { decided } from '../../harness/engines/parts/decided.js';
import { peekName } from '../../harness/engines/parts/peek-name.js';
import { splice } from '../../harness/engines/parts/splice.js';
import { decide } from '../../harness/policy/decide.js';
import type { Notice } from './channel.js';
import { connectionId } from './connection-id.js';
import type { Route } from './dial.js';
import { peekPort } from './ports.js';
import type { GatewaySettings } from './roles.js';

export interface PeekingContext {
  tell(notice: Notice): void;
  /** Where a redirected connection wanted to go. */
  destination(socket: Socket): Promise<Route>;
  /** Opens the rest of the way. */
  onward(connection: string, route: Route): Promise<Socket>;
  track(connection: string, socket: Socket): void;
}

/**
 * The part of the edge firewall that reads names from the ClientHello or the Host header: the kernel
 * hands over what it cannot decide without.
 */
export async function startPeeking(
  { policy, machines }: NonNullable<GatewaySettings['peeking']>,
  context: PeekingContext,
): Promise<Server> {
  const names = new Map(machines);
  const emit = (machine: string, event: Extract<Notice, { kind: 'event' }>['event']) => {
    context.tell({ kind: 'event', machine, event });
    return '';
  };
  const server = createServer({ noDelay: true }, (socket) => void stand(socket));
  await new Promise<void>((resolve) => server.listen(peekPort, '0.0.0.0', resolve));
  return server;

  async function stand(socket: Socket): Promise<void> {
    socket.on('error', () => {});
    const route = await context.destination(socket);
    const connection = connectionId(route);
    context.track(connection, socket);
    const name = await peekName(socket);
    if (socket.destroyed) return;
    const machine = names.get(route.from) ?? route.from;
    const flow = {
      machine,
      host: name ?? route.to,
      names: name ? [name] : [],
      address: route.to,
      port: route.toPort,
    };
    const { action, rule, explanation } = decide(policy, flow);
    decided(
      { emit },
      { connection, flow },
      { device: 'edge-firewall', action, rule, explanation, byName: true },
    );
    if (action === 'allow') splice(socket, await context.onward(connection, route));
    // Silence: the bytes stay unanswered, and the sender is told by the evidence.
    else if (action === 'drop') context.tell({ kind: 'silenced', connection });
    else socket.resetAndDestroy();
  }
}
