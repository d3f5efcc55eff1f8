import { ProtocolError } from '../xml.js';

/** The keep-alive of AMQP: a frame with nothing in it. */
export const emptyFrame: Buffer = Buffer.from([0, 0, 0, 8, 2, 0, 0, 0]);

/** No frame may be larger, bytes (connector-facts 1.6). */
export const maxFrameSize = 65_536;

const protocolName = Buffer.from('AMQP');

/**
 * Cuts a stream of bytes into AMQP's protocol headers and frames, however the bytes were chunked, so
 * that nobody who announces a frame of gigabytes makes us wait for it.
 */
export class Framing {
  #rest: Buffer = Buffer.alloc(0);

  /** The whole headers and frames so far, in order. @throws ProtocolError for a size that no frame has */
  take(bytes: Uint8Array): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const units: Buffer[] = [];
    for (let size = this.#size(); size !== undefined && size <= this.#rest.length; size = this.#size()) {
      units.push(this.#rest.subarray(0, size));
      this.#rest = this.#rest.subarray(size);
    }
    return units;
  }

  #size(): number | undefined {
    if (this.#rest.length < 4) return undefined;
    if (this.#rest.subarray(0, 4).equals(protocolName)) return 8;
    const size = this.#rest.readUInt32BE();
    if (size < 8 || size > maxFrameSize) throw new ProtocolError(`an AMQP frame of ${size} bytes`);
    return size;
  }
}
