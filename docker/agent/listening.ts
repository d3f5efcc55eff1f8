import { connect } from 'node:net';

/** A program that does not listen by then will not, milliseconds. */
const patienceMs = 120_000;
const pauseMs = 15;

/**
 * Waits until something listens there: programs that are not ours tell it in no other way.
 * @throws Error with what the program said
 */
export async function listening(host: string, port: number, words: () => string): Promise<void> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const socket = connect(port, host);
    const up = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new Error(`nothing listens at ${host} port ${port} after ${patienceMs / 1000} s: ${words()}`);
}
