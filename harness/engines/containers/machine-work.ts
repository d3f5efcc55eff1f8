import type { Machines } from './machines.js';

/** Work on the machines of a lab: those on which some of it failed, or still goes on, are not used again. */
export class MachineWork {
  #failed = false;
  /** Work that has not ended; where somebody gave up waiting for it, it goes on. */
  #underWay = 0;

  constructor(
    private readonly machines: Pick<Machines, 'death'>,
    /** Waits as long as their engine is there. */
    private readonly owner: { during<T>(work: Promise<T>): Promise<T> },
  ) {}

  get hasFailed(): boolean {
    return this.#failed;
  }

  get isSpoilt(): boolean {
    return this.#failed || this.#underWay > 0;
  }

  async guard(work: () => Promise<void>): Promise<void> {
    this.#underWay++;
    const working = work();
    const ended = () => {
      this.#underWay--;
    };
    working.then(ended, ended);
    try {
      // A machine that dies makes others fail in ways that say less.
      await this.owner.during(Promise.race([working, this.machines.death]));
    } catch (error) {
      this.#failed = true;
      throw error;
    }
  }
}
