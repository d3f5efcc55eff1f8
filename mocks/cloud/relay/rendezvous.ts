import type { RawData, WebSocket } from 'ws';
import { decodeFrame, encodeFrame, rendezvousMs } from '../../protocol/signalling.js';
import type { CloudContext } from '../service.js';

/** A gateway: whoever comes with the id of a request that was announced here gets it, once and in time. */
export function rendezvous(
  context: CloudContext,
  socket: WebSocket,
  { gateway, known }: { gateway: string; known(): void },
): void {
  socket.on('message', (data: RawData) => {
    try {
      const frame = decodeFrame(data);
      if (frame.type !== 'accept') return;
      const request = context.state.pending.get(frame.relayId);
      const refusal = why(request);
      if (!request || refusal) return socket.close(1008, refusal);
      request.met = true;
      known();
      socket.send(encodeFrame({ type: 'signal-message', message: request.message }));
    } catch {
      socket.close(1003, 'a frame that is not of the protocol');
    }
  });

  function why(request: ReturnType<typeof context.state.pending.get>): string | undefined {
    if (!request || request.gateway !== gateway) return 'no such request';
    if (request.met) return 'the request was met already';
    const waited = context.stack.clock.now() - request.signalledAt;
    return waited > rendezvousMs ? 'the request was not met in time' : undefined;
  }
}
