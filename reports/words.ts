import type { LabEvent } from '../harness/evidence/event.js';

/** One event as a sentence, for people who never saw the project. */
export function describe(event: LabEvent): string {
  switch (event.kind) {
    case 'step':
      return event.text;
    case 'phase':
      return event.change ? `changed: ${event.change}` : `${event.phase} begins`;
    case 'clock':
      return `lab time moved on by ${event.advancedMs / 60_000} minutes`;
    case 'dns':
      return event.outcome === 'ok'
        ? `${event.chain.join(' → ')} is ${event.addresses.join(', ')}`
        : `${event.name}: ${event.outcome}${event.rule ? ` (${event.rule})` : ''}`;
    case 'connection':
      return `${event.account ?? event.machine} connects to ${event.host} (${event.address}) port ${event.port}`;
    case 'decision':
      return `${event.device} decides: ${event.action}, rule "${event.rule}"; ${event.explanation}`;
    case 'tls':
      return event.outcome === 'ok'
        ? `TLS with ${event.host} (${event.version ?? 'inspector'}), certificate by ${event.chain[0]?.issuer ?? 'unknown'}`
        : `TLS with ${event.host} failed: ${event.outcome}${event.detail ? `, ${event.detail}` : ''}`;
    case 'revocation':
      return `${event.certificate}: ${event.source.toUpperCase()} at ${event.url}: ${event.outcome}${event.cached ? ' (remembered)' : ''}`;
    case 'attempt':
      return `${event.operation}, ${event.purpose}: ${event.host}:${event.port} ${event.outcome}${event.detail ? `, ${event.detail}` : ''}`;
    case 'operation':
      return `${event.operation} ended: ${event.outcome}${event.prerequisite ? `, needs ${event.prerequisite}` : ''}`;
    case 'prerequisite':
      return `${event.fact}: found ${event.found}, needed ${event.needed}`;
    case 'cloud':
      return `${event.host} answered ${event.method} ${event.path} with ${event.status}; client certificate ${event.clientCertificate}${event.detail ? `; ${event.detail}` : ''}`;
    case 'application':
      return `${event.application} answered ${event.method} ${event.path} with ${event.status}`;
    case 'visit':
      return `a user opened ${event.url} and saw: ${event.page}${event.status ? ` (${event.status})` : ''}`;
    case 'portal':
      return `the portal shows ${event.connector}: ${event.status}`;
    case 'service':
      return `${event.service} service: ${event.state}`;
    case 'windows-log':
      return `Windows event log${event.eventId ? `, ${event.eventId}` : ''}: ${event.text}`;
    case 'reach':
      return `${event.from} to ${event.host}:${event.port}: ${event.outcome}`;
    case 'fault':
      return `cloud fault ${event.fault}${event.host ? ` at ${event.host}` : ''}`;
  }
}
