import { randomBytes } from 'node:crypto';
import type { Clock } from '../../network.js';

/** So many things at most are remembered; the oldest go first. */
const most = 10_000;

/** Things that are handed out under a secret name and forgotten after a while: codes, sign-ins under way. */
export class ShortLived<T> {
  readonly #things = new Map<string, { thing: T; until: number }>();

  constructor(
    private readonly clock: Clock,
    /** Milliseconds of lab time. */
    readonly lifetime: number,
  ) {}

  put(thing: T, name = randomBytes(32).toString('base64url')): string {
    const oldest = this.#things.size >= most ? this.#things.keys().next().value : undefined;
    if (oldest !== undefined) this.#things.delete(oldest);
    this.#things.set(name, { thing, until: this.clock.now() + this.lifetime });
    return name;
  }

  /** `expired` is known for as long as nothing else needs the room. */
  find(name: string): T | 'expired' | undefined {
    const known = this.#things.get(name);
    if (!known) return undefined;
    return known.until > this.clock.now() ? known.thing : 'expired';
  }

  forget(name: string): void {
    this.#things.delete(name);
  }
}
