import { Duplex } from 'node:stream';
import { z } from 'zod';

/** What the two ends of a stream say to each other, a line of the channel each. */
export const frameSchema = z.object({
  stream: z.number(),
  say: z.union([
    /** Bytes, in base64. */
    z.object({ data: z.string() }),
    /** So many bytes were taken: as many more may come. */
    z.object({ taken: z.number() }),
    /** No more data from this end. The other may go on. */
    z.literal('end'),
    /** This end is gone, and takes nothing more. */
    z.literal('gone'),
  ]),
});
export type Frame = z.infer<typeof frameSchema>;

/** So many bytes may be on their way in one direction of a stream before the other end has taken them. */
const window = 256 * 1024;

/** One end of a channel's byte streams. Each has a bound on what is under way, and half-closes. */
export class Streams {
  readonly #open = new Map<number, ChannelStream>();
  #count = 0;

  constructor(private readonly send: (frame: Frame) => void) {}

  /** An end of a stream; the end that numbers streams gives no number, the other the number it was told. */
  open(stream = ++this.#count): ChannelStream {
    const say = (what: Frame['say']) => this.send({ stream, say: what });
    const opened = new ChannelStream(stream, say);
    this.#open.set(stream, opened);
    opened.once('close', () => this.#open.delete(stream));
    // Whoever uses it sees its errors too; without this a late one would end the process.
    opened.on('error', () => {});
    return opened;
  }

  hear({ stream, say }: Frame): void {
    this.#open.get(stream)?.hear(say);
  }

  /** The other end of the channel is gone. */
  end(reason: Error): void {
    for (const stream of this.#open.values()) stream.destroy(reason);
  }
}

/** A socket's worth of bytes both ways, over a channel. */
export class ChannelStream extends Duplex {
  /** Bytes that were sent and not taken yet. */
  #underWay = 0;
  /** Bytes that came and whose taking has not been told. */
  #untold = 0;
  #goOn: (() => void) | undefined;
  #saidEnd = false;
  #heardEnd = false;
  #heardGone = false;

  constructor(
    readonly number: number,
    private readonly say: (what: Frame['say']) => void,
  ) {
    super({ allowHalfOpen: true });
  }

  hear(what: Frame['say']): void {
    if (what === 'end') {
      this.#heardEnd = true;
      this.push(null);
    } else if (what === 'gone') {
      this.#gone();
    } else if ('taken' in what) {
      this.#underWay -= what.taken;
      if (this.#underWay < window) this.#resume();
    } else {
      const bytes = Buffer.from(what.data, 'base64');
      this.#untold += bytes.length;
      this.push(bytes);
    }
  }

  override _read(): void {
    if (this.#untold === 0) return;
    this.say({ taken: this.#untold });
    this.#untold = 0;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    // Nobody is there to take it; what came before that is still to be read.
    if (this.#heardGone) return void done();
    this.say({ data: chunk.toString('base64') });
    this.#underWay += chunk.length;
    if (this.#underWay < window) done();
    else this.#goOn = done;
  }

  override _final(done: () => void): void {
    this.#saidEnd = true;
    this.say('end');
    done();
  }

  #resume(): void {
    const goOn = this.#goOn;
    this.#goOn = undefined;
    goOn?.();
  }

  #gone(): void {
    this.#heardGone = true;
    if (!this.#heardEnd) {
      this.destroy(Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' }));
    } else if (this.readableEnded) this.destroy();
    else {
      this.once('end', () => this.destroy());
      this.#resume();
    }
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // After both ends have been said the other end may still be reading.
    if (!(this.#saidEnd && this.#heardEnd) && !this.#heardGone) this.say('gone');
    done(error);
  }
}
