import { Transform, type TransformCallback } from 'node:stream';

/** Bytes that are on their way at most; whoever sends more waits. */
const capacity = 1 << 20;

export interface DirectionSettings {
  /** How long every byte is on its way in this direction, milliseconds of the wall clock. */
  oneWayMs: number;
  /** Bits per second that can enter; absent: any number. */
  rate?: number;
}

/** One direction of a link: bytes come out later than they went in, in order, many on their way at once. */
export class LinkDirection extends Transform {
  readonly #underway: { due: number; chunk: Buffer }[] = [];
  #bytes = 0;
  #entered = 0;
  #onRoom: (() => void) | undefined;
  #onEmpty: (() => void) | undefined;

  /** @param onTraffic asked about every chunk; `false`: it gets lost, and the link is dead */
  constructor(
    private readonly settings: DirectionSettings,
    private readonly onTraffic: () => boolean,
  ) {
    super();
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    if (!this.onTraffic()) return;
    const { oneWayMs, rate } = this.settings;
    if (oneWayMs === 0 && rate === undefined) {
      done(null, chunk);
      return;
    }
    const sending = rate === undefined ? 0 : (chunk.length * 8000) / rate;
    this.#entered = Math.max(performance.now(), this.#entered) + sending;
    this.#underway.push({ due: this.#entered + oneWayMs, chunk });
    this.#bytes += chunk.length;
    if (this.#underway.length === 1) this.#wait();
    if (this.#bytes < capacity) done();
    else this.#onRoom = done;
  }

  override _flush(done: TransformCallback): void {
    if (this.#underway.length === 0) done();
    else this.#onEmpty = done;
  }

  #wait(): void {
    const [first] = this.#underway;
    if (first) setTimeout(() => this.#arrive(), first.due - performance.now());
  }

  #arrive(): void {
    if (this.destroyed) return;
    const now = performance.now();
    for (let [first] = this.#underway; first && first.due <= now; [first] = this.#underway) {
      this.#underway.shift();
      this.#bytes -= first.chunk.length;
      this.push(first.chunk);
    }
    const onRoom = this.#onRoom;
    if (onRoom && this.#bytes < capacity) {
      this.#onRoom = undefined;
      onRoom();
    }
    if (this.#underway.length > 0) this.#wait();
    else this.#onEmpty?.();
  }
}
