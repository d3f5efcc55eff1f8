import type { RawData, WebSocket } from 'ws';

/** Bytes that may wait for the slower side. */
const most = 1024 * 1024;

/** Joins two WebSockets: what one says the other hears, text as text; when one ends, so does the other. */
export function bridge(one: WebSocket, other: WebSocket): void {
  way(one, other);
  way(other, one);
}

function way(from: WebSocket, to: WebSocket): void {
  from.on('message', (data: RawData, isBinary: boolean) => {
    if (to.bufferedAmount > most) from.pause();
    to.send(data, { binary: isBinary }, () => from.resume());
  });
  from.once('close', (code: number, reason: Buffer) => {
    // 1005 and 1006 say that no code came; they cannot be sent.
    if (code === 1005 || code === 1006) to.close(1000);
    else to.close(code, reason);
  });
}
