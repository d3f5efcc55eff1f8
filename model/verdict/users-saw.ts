import type { LabEvent } from '../evidence/event.js';
import type { Operation } from '../evidence/vocabulary.js';
import type { Site } from '../site/schema.js';
import type { SeenByUsers } from './check-results.js';

/**
 * What users saw in a phase, server after server, each of them alone: of every application the first page
 * that is not its own, of every resource the first failure.
 */
export function usersSaw(events: readonly LabEvent[], { applications, servers }: Site): SeenByUsers[] {
  const found = new Map<string, SeenByUsers>();
  const withoutNew = new Set<string>();
  let server = servers[0]?.name ?? '';
  const add = (seen: Omit<SeenByUsers, 'server' | 'earlier'>) => {
    const key = `${server} ${seen.name}`;
    const known = found.get(key);
    if (!known || (known.works && !seen.works))
      found.set(key, { server, ...seen, ...(withoutNew.has(server) && { earlier: true }) });
    else if (known.saw === seen.saw) known.events.push(...seen.events);
  };
  for (const event of events) {
    if (event.kind === 'operation') {
      server = event.machine;
      if (ofNewConnectors.has(event.operation) && event.outcome !== 'ok') withoutNew.add(server);
    }
    if (event.kind === 'visit') {
      const name = applications.find(({ external }) => isSame(external, event.url))?.name ?? event.url;
      add({ name, saw: event.page, works: event.page === 'application', events: [event.id] });
    }
    if (event.kind === 'access') {
      const name = `${event.host}:${event.port}`;
      add({ name, saw: event.outcome, works: event.outcome === 'ok', events: [event.id] });
    }
  }
  return [...found.values()];
}

/** What a connector needs before it is one. */
const ofNewConnectors = new Set<Operation>(['install', 'sign-in', 'register']);

function isSame(a: string, b: string): boolean {
  return new URL(a).href === new URL(b).href;
}
