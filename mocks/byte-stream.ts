import { constants, type Http2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * Carries bytes both ways between two connections until both directions have ended. The end of one
 * direction ends that direction only; one side that is reset, or lost, resets the other.
 */
export function join(left: Duplex, right: Duplex): void {
  const either = [
    [left, right],
    [right, left],
  ] as const;
  for (const [one, other] of either) {
    one.pipe(other);
    one.on('error', () => reset(other));
    one.once('close', () => {
      if (!isWhole(one)) reset(other);
    });
  }
}

/** Resets a TCP connection or a stream of HTTP/2, so that the peer knows that it did not end well. */
export function reset(stream: Duplex): void {
  if (stream.destroyed) return;
  // Closing one with a code would end it first, and the peer would take it for whole.
  if (isHttp2(stream)) stream.destroy(new Error('the other side was reset'));
  else if ('resetAndDestroy' in stream) (stream as Socket).resetAndDestroy();
  else stream.destroy();
}

function isWhole(stream: Duplex): boolean {
  if (isHttp2(stream) && stream.rstCode !== constants.NGHTTP2_NO_ERROR) return false;
  return stream.readableEnded && stream.writableFinished;
}

function isHttp2(stream: Duplex): stream is Duplex & Http2Stream {
  return 'rstCode' in stream;
}
