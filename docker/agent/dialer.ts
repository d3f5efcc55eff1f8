import { splice } from '../../mocks/devices/splice.js';
import { type Dial, NetworkError, type NetworkStack } from '../../mocks/network.js';
import type { ResultName } from '../../model/evidence/vocabulary.js';
import type { Streams } from './streams.js';

/** Why a connection into the lab does not stand. */
export interface Refusal {
  result: ResultName;
  words: string;
}

/** A machine from which programs outside the lab may open connections: over the channel, since the lab is sealed. */
export interface Dialer {
  /** Dials, and joins what it gets with a stream of the channel. */
  enter(stream: number, dial: Dial): Promise<Refusal | null>;
}

export async function enter(
  streams: Streams,
  stack: NetworkStack,
  stream: number,
  dial: Dial,
): Promise<Refusal | null> {
  try {
    const { socket } = await stack.connect(dial);
    splice(streams.open(stream), socket);
    return null;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return { result: error.result, words: error.message };
  }
}
