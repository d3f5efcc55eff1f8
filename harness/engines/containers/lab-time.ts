import type { Machines } from './machines.js';

/** The lab's clock, the same on every machine: it stands still until it is advanced. */
export class LabTime {
  constructor(
    private readonly machines: Machines,
    private time: number,
  ) {}

  /** Milliseconds since 1970. */
  get now(): number {
    return this.time;
  }

  /** Sets every machine's clock; returns when each has its next job. */
  async set(now: number): Promise<(number | null)[]> {
    this.time = now;
    return Promise.all(this.machines.all.map((machine) => machine.time(now)));
  }

  /**
   * Runs everything that falls due on any machine, in order of time, each to its end before the next. What
   * falls due at one moment runs machine after machine, so that all of them are asked once for each moment.
   */
  async advance(ms: number): Promise<void> {
    const until = this.time + ms;
    let due = await this.set(this.time);
    for (;;) {
      const next = Math.min(...due.map((one) => one ?? Number.POSITIVE_INFINITY));
      if (next > until) break;
      if (next > this.time) await this.set(next);
      for (const [index, machine] of this.machines.all.entries()) {
        const at = due[index] ?? Number.POSITIVE_INFINITY;
        if (at <= next) await machine.runDue();
      }
      due = await this.set(this.time);
    }
    await this.set(until);
  }
}
