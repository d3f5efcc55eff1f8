import type { LabEvent } from '../../model/evidence/event.js';

/** What a device does with a connection that it lets go on. */
const passing: ReadonlySet<string> = new Set(['allow', 'send', 'bypass', 'delay', 'inspect']);

/** An event of a lab that somebody who looks on wants to see, in a line: what ends, what fails, who stops it. */
export function eventLine(event: LabEvent): string | undefined {
  const { machine } = event;
  switch (event.kind) {
    case 'operation': {
      const { operation, outcome, prerequisite } = event;
      const why = prerequisite === undefined ? '' : ` (${prerequisite} is missing)`;
      return `${outcome === 'ok' ? '✓' : '✗'} ${machine}: ${operation}: ${outcome}${why}`;
    }
    case 'attempt': {
      const { account, host, port, outcome, purpose } = event;
      return outcome === 'ok'
        ? undefined
        : `  ${machine}, ${account}: ${host}:${port}: ${outcome} (${purpose})`;
    }
    case 'decision': {
      const { device, action, rule, flow } = event;
      if (passing.has(action)) return undefined;
      return `  ${device}: ${action} ${flow.host ?? flow.address}:${flow.port} ("${rule}")`;
    }
    case 'visit': {
      const { user, url, page, status } = event;
      return `${page === 'application' ? '✓' : '·'} ${user ?? 'somebody'} opens ${url}: ${page} (${status})`;
    }
    case 'access': {
      const { user, host, port, outcome } = event;
      return `${outcome === 'ok' ? '✓' : '✗'} ${user} connects to ${host}:${port}: ${outcome}`;
    }
    default:
      return undefined;
  }
}
