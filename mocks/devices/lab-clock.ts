import type { Clock, Timer } from '../network.js';

interface Job {
  due: number;
  run(): void | Promise<void>;
}

/** Lab time: it stands still until it is advanced, and then passes at once. */
export class LabClock implements Clock {
  readonly #jobs = new Set<Job>();

  constructor(private time: number) {}

  now(): number {
    return this.time;
  }

  after(ms: number, run: Job['run']): Timer {
    const job = { due: this.time + ms, run };
    this.#jobs.add(job);
    return { cancel: () => void this.#jobs.delete(job) };
  }

  /** Runs everything that falls due, in order of time, each to its end before the next. */
  async advance(ms: number): Promise<void> {
    const until = this.time + ms;
    for (let due = this.nextDue; due !== undefined && due <= until; due = this.nextDue) {
      this.set(Math.max(this.time, due));
      await this.runDue();
    }
    this.time = until;
  }

  /** When the next job is due, milliseconds since 1970; undefined where there is none. */
  get nextDue(): number | undefined {
    return this.#next()?.due;
  }

  /** Moves time without running anything: for clocks that are advanced together with others. */
  set(now: number): void {
    this.time = now;
  }

  /** Runs everything that is due by now, in order of time, each to its end before the next. */
  async runDue(): Promise<void> {
    for (let job = this.#next(); job && job.due <= this.time; job = this.#next()) {
      this.#jobs.delete(job);
      await job.run();
    }
  }

  /** The clock of a machine that is wrong by `skew` milliseconds. */
  skewed(skew: number): Clock {
    return { now: () => this.time + skew, after: (ms, job) => this.after(ms, job) };
  }

  #next(): Job | undefined {
    let next: Job | undefined;
    for (const job of this.#jobs) if (!next || job.due < next.due) next = job;
    return next;
  }
}
