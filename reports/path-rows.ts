import type { EventOf, LabEvent } from '../harness/evidence/event.js';
import type { Account } from '../harness/evidence/vocabulary.js';
import type { Result } from '../harness/verdict/results.js';

/** One operation in the picture of the site. */
export interface PathRow {
  result: Result;
  /** Who made the attempt, where the evidence says so. */
  account?: Account;
  /** True where the evidence shows a connection that no proxy had a say in. */
  pastProxy: boolean;
}

/** The results of the change phase as rows of the picture, those that failed first. */
export function pathRowsOf(results: readonly Result[], events: readonly LabEvent[]): PathRow[] {
  const inChange = events.filter(({ phase }) => phase === 'change');
  const attempts = inChange.filter((event): event is EventOf<'attempt'> => event.kind === 'attempt');
  const parents = new Map<string, string | undefined>();
  const proxied = new Set<string>();
  for (const event of inChange) {
    if (event.kind === 'connection') parents.set(event.connection, event.parent);
    else if (event.kind === 'decision' && event.device === 'proxy') proxied.add(event.connection);
  }
  return [...results].sort(failedFirst).map((result) => {
    const ids = new Set(result.events);
    const attempt =
      attempts.find(({ id }) => ids.has(id)) ??
      attempts.findLast(
        ({ operation, machine }) => operation === result.operation && machine === result.server,
      );
    const connection = attempt?.because ?? attempt?.connection;
    const line = connection === undefined ? [] : [connection, parents.get(connection) ?? connection];
    return {
      result,
      ...(attempt && { account: attempt.account }),
      pastProxy: line.length > 0 && !line.some((one) => proxied.has(one)),
    };
  });
}

function failedFirst(a: Result, b: Result): number {
  return rank(a) - rank(b);
}

/** What was not attempted only follows from another failure. */
function rank({ result }: Result): number {
  if (result === 'ok') return 2;
  return result === 'not-attempted' ? 1 : 0;
}
