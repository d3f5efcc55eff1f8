import type { Duplex } from 'node:stream';

/** Copies bytes both ways until either side ends or fails; then both are closed, once what came is passed on. */
export function splice(a: Duplex, b: Duplex): void {
  if (a.destroyed || b.destroyed) {
    // One went while the other was being made.
    a.destroy();
    b.destroy();
    return;
  }
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    from.pipe(to);
    from.once('error', () => to.destroy());
    from.once('close', () => {
      const isPassingOn = from.readableEnded && !to.writableFinished;
      if (isPassingOn) to.once('finish', () => to.destroy());
      else to.destroy();
    });
  }
}

/** The error a client's socket gets when its packets are answered with silence. */
export function silence(what: string): Error {
  return Object.assign(new Error(what), { code: 'ETIMEDOUT' });
}
