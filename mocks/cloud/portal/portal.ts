import { groupOf } from '../groups.js';
import type { CloudContext } from '../service.js';

/**
 * The connectors page, for one connector. Active means no more than this: its reports have come. How
 * many may be missed is assumed (`inactive-after-misses`); nobody documents it.
 */
export function viewConnector(context: CloudContext, machineName: string): void {
  const connector = [...context.state.connectors.values()].find((one) => one.machineName === machineName);
  if (!connector) {
    context.stack.emit({ kind: 'portal', connector: machineName, listed: false, status: 'absent' });
    return;
  }
  const { timers, 'inactive-after-misses': misses } = context.site().cloud;
  const silent = context.stack.clock.now() - (connector.lastContact ?? Number.NEGATIVE_INFINITY);
  context.stack.emit({
    kind: 'portal',
    connector: machineName,
    listed: true,
    status: silent <= timers['bootstrap-interval'] * misses ? 'active' : 'inactive',
    externalIp: connector.externalIp,
    version: connector.version,
    group: groupOf(context.site(), machineName),
  });
}
