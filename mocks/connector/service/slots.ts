/** Work of which so much goes on at once at most; the rest waits for its turn. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(size: number) {
    this.#free = size;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      // Whoever waits longest has the place, so that nobody who comes now is before them.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
