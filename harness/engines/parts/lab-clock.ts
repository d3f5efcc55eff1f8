import type { Clock, Timer } from '../../../mocks/network.js';

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
    for (let job = this.#next(until); job; job = this.#next(until)) {
      this.#jobs.delete(job);
      this.time = Math.max(this.time, job.due);
      await job.run();
    }
    this.time = until;
  }

  /** The clock of a machine that is wrong by `skew` milliseconds. */
  skewed(skew: number): Clock {
    return { now: () => this.time + skew, after: (ms, job) => this.after(ms, job) };
  }

  #next(until: number): Job | undefined {
    let next: Job | undefined;
    for (const job of this.#jobs) if (job.due <= until && (!next || job.due < next.due)) next = job;
    return next;
  }
}
