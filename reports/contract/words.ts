import { inWords } from './duration.js';
import type { TimelineEvent } from './report.js';

/** One event as a sentence, for people who never saw the project. */
export function describe(event: TimelineEvent): string {
  switch (event.kind) {
    case 'step':
      return event.text;
    case 'phase':
      return event.change ? `the site is changed: ${event.change}` : `the ${event.phase} phase begins`;
    case 'clock':
      return `lab time moves on by ${inWords(event.advancedMs)}`;
    case 'dns':
      return event.outcome === 'ok'
        ? `${event.chain.join(' → ')} is ${event.addresses.join(', ')}`
        : `asking for ${event.name}: ${event.outcome}${event.rule ? `, rule "${event.rule}"` : ''}`;
    case 'query': {
      const upstream = event.upstream ? `, after asking ${event.upstream}` : '';
      const taught = event.taught.length > 0 ? `; learned by ${event.taught.join(', ')}` : '';
      const answer = event.outcome === 'ok' ? event.addresses.join(', ') : event.outcome;
      return `${event.from} asks for ${event.name}: ${answer}${upstream}${taught}`;
    }
    case 'state':
      return `the firewall remembers the connection as ${event.state}`;
    case 'connection':
      return `${event.account ?? event.machine} connects to ${event.host} (${event.address}) port ${event.port}`;
    case 'decision':
      return `${event.device} decides ${event.action}, rule "${event.rule}": ${event.explanation}${tail(event.log)}`;
    case 'tls':
      return event.outcome === 'ok'
        ? `TLS with ${event.host}${event.version ? `, ${event.version}` : ''}, certificate issued by ${event.chain[0]?.issuer ?? 'nobody known'}`
        : `TLS with ${event.host} fails: ${event.outcome}${tail(event.detail)}`;
    case 'revocation':
      return `${event.certificate}: ${event.source === 'crl' ? 'revocation list' : 'responder'} at ${event.url}: ${event.outcome}${event.cached ? ', remembered' : ''}${event.waitedMs > 0 ? ` after ${inWords(event.waitedMs)}` : ''}`;
    case 'attempt':
      return `${event.operation}, to ${event.purpose}: ${event.host}:${event.port} as ${event.account}: ${event.outcome}${event.status ? ` (${event.status})` : ''}${tail(event.detail)}`;
    case 'operation':
      return `${event.operation} ends: ${event.outcome}${event.prerequisite ? `, needs ${event.prerequisite}` : ''}${tail(event.detail)}`;
    case 'prerequisite':
      return `${event.fact}: found ${event.found}, needed ${event.needed}${event.met ? '' : ': not met'}`;
    case 'cloud':
      return `${event.host} answers ${event.method} ${event.path} with ${event.status}${event.clientCertificate === 'not-asked' ? '' : `, client certificate ${event.clientCertificate}`}${tail(event.detail)}`;
    case 'application':
      return `${event.application} answers ${event.method} ${event.path} with ${event.status}`;
    case 'resource':
      return `${event.host}:${event.port} was told ${event.received} bytes`;
    case 'access':
      return `${event.user} connects to ${event.host}:${event.port} (${event.protocol}): ${event.outcome}, ${event.sent} bytes out, ${event.received} back${tail(event.detail)}`;
    case 'administration':
      return `${event.user} ${event.text}: ${event.outcome} (${event.status})${tail(event.detail)}`;
    case 'visit':
      return `${event.user ?? 'a user'} opens ${event.url} and sees: ${event.page}${event.status ? ` (${event.status})` : ''}${tail(event.detail)}`;
    case 'portal':
      return event.listed
        ? `the portal shows ${event.connector} as ${event.status}`
        : `the portal does not list ${event.connector}`;
    case 'service':
      return `the ${event.service} service is ${event.state}${tail(event.detail)}`;
    case 'windows-log':
      return `Windows log ${event.channel}${event.eventId === undefined ? '' : `, event ${event.eventId}`}, ${event.level}: ${event.text}`;
    case 'reach':
      return `${event.from} tries ${event.host}:${event.port}${event.account ? ` as ${event.account}` : ''}: ${event.outcome}`;
    case 'capture':
      return `${event.holds === 'packets' ? 'packets' : 'TLS keys'} of ${event.machine}: ${event.file}`;
    case 'fault':
      return `fault in the cloud: ${event.fault}${event.host ? ` at ${event.host}` : ''}${tail(event.detail)}`;
  }
}

function tail(detail: string | undefined): string {
  return detail ? `; ${detail}` : '';
}
