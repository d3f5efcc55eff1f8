import type { Engine, Lab } from '../../harness/engines/engine.js';
import { wholeLife } from '../../harness/run/check.js';
import { asDocumented } from '../../harness/run/documented.js';
import type { Evidence } from '../../model/diagnosis/evidence.js';
import { fromEvents } from '../../model/diagnosis/from-events.js';
import type { LabEvent } from '../../model/evidence/event.js';
import { stepsOf } from '../../model/scenario/step-plan.js';
import type { Site } from '../../model/site/schema.js';

/** So many lives are lived in one lab; what a cloud remembers of them is small. */
const mostLives = 60;

/** Always the same day, in the middle of a month: certificates of two lives differ by days of it at most. */
const startAt = Date.UTC(2026, 5, 10, 9);

/** Sites with the same one can be lived in one after the other, in one lab. */
export function controlOf(site: Site): string {
  return JSON.stringify(asDocumented(site));
}

/** Whether the connector has not registered as it should: only a new lab has it as before. */
function isSpoilt({ operations, attempts }: Evidence): boolean {
  return (
    operations.some(({ operation, outcome }) => operation === 'register' && outcome !== 'ok') ||
    attempts.some(({ outcome }) => outcome === 'http-unauthorized')
  );
}

interface Open {
  key: string;
  lab: Lab;
  events: LabEvent[];
  lives: number;
}

/**
 * Lives of connectors in many sites, one after the other. The control is lived once for all that have the
 * same one: between two sites a lab forgets what the devices and the servers knew.
 */
export class Lives implements AsyncDisposable {
  #open: Open | undefined;

  constructor(private readonly engine: Engine) {}

  /** What the connector's side sees of a site. */
  async in(site: Site): Promise<Evidence> {
    const scenario = wholeLife(site);
    const key = controlOf(site);
    if (this.#open?.key !== key || this.#open.lives >= mostLives) await this.#openAt(key, site);
    const open = this.#open as Open;
    open.lives += 1;
    open.events.length = 0;
    open.lab.begin('change', site.site);
    await open.lab.change(site);
    for (const step of stepsOf(scenario, 'change')) await open.lab.perform(step);
    const evidence = fromEvents(open.events);
    // A connector that lost its registration has none in the next life either, and remembers certificates.
    if (isSpoilt(evidence) || site.cloud.faults.length > 0) await this[Symbol.asyncDispose]();
    return evidence;
  }

  async #openAt(key: string, site: Site): Promise<void> {
    await this[Symbol.asyncDispose]();
    const scenario = wholeLife(site);
    const events: LabEvent[] = [];
    const lab = await this.engine.open(scenario.site, {
      scenario: 'check',
      startAt,
      record: (event) => void events.push(event),
    });
    lab.begin('control');
    for (const step of stepsOf(scenario, 'control')) await lab.perform(step);
    this.#open = { key, lab, events, lives: 0 };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.lab[Symbol.asyncDispose]();
  }
}
