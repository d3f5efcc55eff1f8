import { pipeline } from 'node:stream';
import { decided } from '../../../../mocks/devices/decided.js';
import { silence } from '../../../../mocks/devices/splice.js';
import { firstToForget, type IdleTimer } from '../../../../model/policy/idle.js';
import { linkDecision } from '../../../../model/policy/link.js';
import type { Site } from '../../../../model/site/schema.js';
import type { Device, DeviceContext, DeviceKind } from './device.js';
import { LinkDirection } from './link-direction.js';

/**
 * The site's way to the internet, and the firewalls' memory. `idle-timeout` is in lab time: a connection without traffic for so long
 * is forgotten, and whoever sends next gets silence. `round-trip` (half of it each way) and `rate` are on
 * the wall clock.
 */
export const link: DeviceKind = { atEdge: (context, { site }) => linkOf(context, site) };

function linkOf(context: DeviceContext, site: Site): Device | undefined {
  const { 'round-trip': roundTrip, rate } = site.link;
  const forgetful = firstToForget(site);
  const delay = linkDecision(site.link, 'delay');
  if (!delay && !forgetful) return undefined;
  return async (attempt, next) => {
    const outer = await next();
    if (delay) decided(context, attempt, delay);
    const [client, inner] = await context.fabric.pair();
    let lastTraffic = context.clock.now();
    let forgotten = false;
    if (forgetful) watch(forgetful);
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

    function watch(timer: IdleTimer): void {
      const left = lastTraffic + timer.ms - context.clock.now();
      context.clock.after(left, () => {
        if (inner.destroyed || forgotten) return;
        if (context.clock.now() - lastTraffic < timer.ms) return watch(timer);
        forgotten = true;
        decided(context, attempt, timer.expires);
      });
    }
  };
}
