import type { Evidence } from '../../model/diagnosis/evidence.js';

/**
 * All that is observed in some evidence, each thing once: without the numbers of events and connections, the
 * days in certificates, and which of a namespace's gateways the service chose. Two that have the same tell a
 * diagnosis the same, whatever it makes of them: it has nothing else to go by.
 */
export function observed({ attempts, schema: _, ...others }: Evidence): Set<string> {
  const places = new Map(
    attempts.map(({ id, operation, host, port, outcome }) => [
      id,
      [operation, host, port, outcome].join(' '),
    ]),
  );
  const worked = new Set<string>();
  const lines = attempts.map(({ id: _id, because, connection, ...rest }) => {
    // Whether it is the loss of a connection that had been of use.
    const isUsed = connection !== undefined && worked.has(connection);
    if (connection !== undefined && rest.outcome === 'ok') worked.add(connection);
    return lineOf('attempt', { ...rest, isUsed, because: because && places.get(because) });
  });
  for (const [kind, all] of Object.entries(others))
    lines.push(...all.map(({ id: _id, ...rest }) => lineOf(kind, rest)));
  return new Set(lines);
}

export function isSame(one: Set<string>, other: Set<string>): boolean {
  return one.size === other.size && [...one].every((line) => other.has(line));
}

function lineOf(kind: string, { address, addresses, ...rest }: Record<string, unknown>): string {
  const text = JSON.stringify({ kind, ...rest });
  const isOfGateway = gateway.test(text);
  const told = isOfGateway ? text : JSON.stringify({ kind, ...rest, address, addresses });
  return told
    .replace(new RegExp(gateway, 'g'), 'g#-prod-')
    .replace(day, '$1 $2')
    .replace(tracking, 'TrackingId')
    .replace(thread, 'error:');
}
/** A gateway's name and address: one of several, in turn. */
const gateway = /\bgv?\d+-prod-/;
/** Of times in certificates the month and the year are kept: when a life was lived decides the rest. */
const day = /\b([A-Z][a-z]{2}) +\d+ [\d:]{8} (\d{4}) GMT/g;
/** The relay numbers its refusals. */
const tracking = /TrackingId:[\da-f-]{36}/g;
/** OpenSSL begins its words with the number of a thread. */
const thread = /\b[\dA-F]{8,16}:error:/g;
