import type { LabEvent } from '../../../model/evidence/event.js';
import type { Operation } from '../../../model/evidence/vocabulary.js';
import type { Site } from '../../../model/site/schema.js';
import { EmbeddedEngine } from '../embedded/embedded-engine.js';
import type { Lab } from '../engine.js';

/** A lab of the embedded engine for a client that nobody here wrote, and its evidence. */
export interface ClientLab extends AsyncDisposable {
  lab: Lab;
  events: LabEvent[];
  operate(server: string, ...operations: Operation[]): Promise<void>;
}

/** Lab time begins now, since the clients know no other. */
export async function openClientLab(site: Site): Promise<ClientLab> {
  const events: LabEvent[] = [];
  const engine = new EmbeddedEngine();
  const record = (event: LabEvent) => void events.push(event);
  const lab = await engine.open(site, { scenario: 'clients', startAt: Date.now(), record });
  return {
    lab,
    events,
    async operate(server, ...operations) {
      for (const operation of operations) await lab.perform({ do: 'operate', server, operation });
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}
