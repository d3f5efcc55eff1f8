const first = 10_000;
const last = 60_000;

/** Source ports of one machine, one after the other, for as long as the machine runs. */
export class SourcePorts {
  #last = first;

  next(): number {
    this.#last = this.#last >= last ? first : this.#last + 1;
    return this.#last;
  }
}
