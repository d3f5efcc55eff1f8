import type { EventBody } from '../../model/evidence/event.js';
import type { Phase } from '../../model/evidence/vocabulary.js';
import type { LabOptions } from './engine.js';

/** Stamps the events of one lab and hands them on, in order. */
export class Recorder {
  /** The part of the proof that the next events belong to. */
  phase: Phase = 'control';
  readonly #started = performance.now();
  #events = 0;

  constructor(
    private readonly options: LabOptions,
    /** Lab clock, milliseconds since 1970. */
    private readonly now: () => number,
  ) {}

  /** Returns the event's id. */
  record(machine: string, event: EventBody): string {
    const id = `e${++this.#events}`;
    this.options.record({
      ...event,
      id,
      scenario: this.options.scenario,
      phase: this.phase,
      machine,
      at: this.now(),
      wallMs: Math.round((performance.now() - this.#started) * 10) / 10,
    });
    return id;
  }
}
