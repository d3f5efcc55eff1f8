import type { Socket } from 'node:net';
import type { NetworkStack } from '../network.js';
import { goodbye } from '../protocol/goodbye.js';

/** A private resource: says again what it is told and, when its peer has ended, how much that was. */
export function serveResource(stack: NetworkStack, host: string, port: number, socket: Socket): void {
  let received = 0;
  socket.allowHalfOpen = true;
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (!socket.write(chunk)) {
      socket.pause();
      socket.once('drain', () => socket.resume());
    }
  });
  socket.once('end', () => {
    stack.emit({ kind: 'resource', host, port, received });
    socket.end(goodbye(received));
  });
}
