import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { LabEvent } from '../evidence/event.js';

/** Of each scenario's evidence what is shown, when it is asked for: of a large run all of it at once is too much. */
export type EvidenceOf = (scenario: string) => readonly LabEvent[];

/** Evidence of one repetition, which can be packed where there is very much of others: to about a tenth. */
export class KeptEvents {
  #events: LabEvent[] = [];
  #packed: Buffer | undefined;

  get length(): number {
    return this.#events.length;
  }

  get all(): readonly LabEvent[] {
    if (!this.#packed) return this.#events;
    const unpacked = JSON.parse(inflateRawSync(this.#packed).toString()) as LabEvent[];
    return [...unpacked, ...this.#events];
  }

  push(event: LabEvent): void {
    this.#events.push(event);
  }

  /** From now on they are made anew each time that somebody asks for them. */
  pack(): void {
    // What is written fast is read as fast as any.
    this.#packed = deflateRawSync(JSON.stringify(this.all), { level: 1 });
    this.#events = [];
  }
}

/** Of events that are there all at once. */
export function evidenceOf(events: readonly LabEvent[]): EvidenceOf {
  const groups = new Map<string, LabEvent[]>();
  for (const event of events) {
    const group = groups.get(event.scenario);
    if (group) group.push(event);
    else groups.set(event.scenario, [event]);
  }
  return (scenario) => groups.get(scenario) ?? [];
}
