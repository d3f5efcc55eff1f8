import type { RegisteredConnector } from '../registered-connector.js';
import type { CloudContext } from '../service.js';

/** The connectors page, for one connector. */
export function viewConnector(context: CloudContext, machineName: string): void {
  const { connectors, groups } = context.state;
  const connector = [...connectors.values()].find((one) => one.machineName === machineName);
  if (!connector) {
    context.stack.emit({ kind: 'portal', connector: machineName, listed: false, status: 'absent' });
    return;
  }
  context.stack.emit({
    kind: 'portal',
    connector: machineName,
    listed: true,
    status: statusOf(context, connector),
    externalIp: connector.externalIp,
    version: connector.version,
    group: groups.of(connector).name,
  });
}

/**
 * What the portal and Graph call a connector. Active means no more than this: its reports have come.
 * How many may be missed is assumed (`inactive-after-misses`); nobody documents it.
 */
export function statusOf(context: CloudContext, connector: RegisteredConnector): 'active' | 'inactive' {
  const { timers, 'inactive-after-misses': misses } = context.site().cloud;
  const silent = context.stack.clock.now() - (connector.lastContact ?? Number.NEGATIVE_INFINITY);
  return silent <= timers['bootstrap-interval'] * misses ? 'active' : 'inactive';
}
