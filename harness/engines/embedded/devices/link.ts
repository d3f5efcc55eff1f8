import { pipeline } from 'node:stream';
import { decided } from '../../../../mocks/devices/decided.js';
import { silence } from '../../../../mocks/devices/splice.js';
import { linkDecision } from '../../../../model/policy/link.js';
import type { Link } from '../../../../model/site/schema.js';
import type { Device, DeviceContext, DeviceKind } from './device.js';
import { LinkDirection } from './link-direction.js';

/**
 * The site's way to the internet. `idle-timeout` is in lab time: a connection without traffic for so long
 * is forgotten, and whoever sends next gets silence. `round-trip` (half of it each way) and `rate` are on
 * the wall clock.
 */
export const link: DeviceKind = { atEdge: (context, { site }) => linkOf(context, site.link) };

function linkOf(context: DeviceContext, settings: Link): Device | undefined {
  const { 'round-trip': roundTrip, rate, 'idle-timeout': idleMs } = settings;
  const delay = linkDecision(settings, 'delay');
  const expire = linkDecision(settings, 'expire');
  if (!delay && !expire) return undefined;
  return async (attempt, next) => {
    const outer = await next();
    if (delay) decided(context, attempt, delay);
    const [client, inner] = await context.fabric.pair();
    let lastTraffic = context.clock.now();
    let forgotten = false;
    if (idleMs !== undefined) watch(idleMs);
    // One side may end while the other's bytes are still on their way; a side that fails fails the other.
    inner.allowHalfOpen = true;
    outer.allowHalfOpen = true;
    pipeline(inner, direction(), outer, () => {});
    pipeline(outer, direction(), inner, () => {});
    return client;

    function direction(): LinkDirection {
      return new LinkDirection({ oneWayMs: roundTrip / 2, rate }, () => {
        lastTraffic = context.clock.now();
        if (!forgotten) return true;
        client.destroy(silence(`${attempt.flow.host}: no answer: the connection was forgotten on the way`));
        outer.destroy();
        return false;
      });
    }

    function watch(idle: number): void {
      const left = lastTraffic + idle - context.clock.now();
      context.clock.after(left, () => {
        if (inner.destroyed || forgotten) return;
        if (context.clock.now() - lastTraffic < idle) return watch(idle);
        forgotten = true;
        if (expire) decided(context, attempt, expire);
      });
    }
  };
}
