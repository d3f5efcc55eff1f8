import { Transform } from 'node:stream';
import { durationText } from '../../site/duration.js';
import type { Link } from '../../site/schema.js';
import { decided } from '../parts/decided.js';
import { silence } from '../parts/splice.js';
import type { Device, DeviceContext } from './device.js';

/**
 * The line to the internet. `idle-timeout` is in lab time: a connection without traffic for so long
 * is forgotten, and whoever sends next gets silence. `latency` is on the wall clock, half each way.
 */
export function link(context: DeviceContext, settings: Link): Device {
  const { latency, 'idle-timeout': idleMs } = settings;
  return async (attempt, next) => {
    if (latency === 0 && idleMs === undefined) return next();
    const outer = await next();
    const [client, inner] = await context.fabric.pair();
    let lastTraffic = context.clock.now();
    let forgotten = false;
    if (idleMs !== undefined) watch(idleMs);
    inner.pipe(way()).pipe(outer);
    outer.pipe(way()).pipe(inner);
    inner.once('close', () => outer.destroy());
    outer.once('close', () => inner.destroy());
    return client;

    function way(): Transform {
      return new Transform({
        transform(chunk, _, done) {
          lastTraffic = context.clock.now();
          if (forgotten) {
            client.destroy(
              silence(`${attempt.flow.host}: no answer: the connection was forgotten on the way`),
            );
            outer.destroy();
          } else if (latency > 0) setTimeout(() => done(null, chunk), latency / 2);
          else done(null, chunk);
        },
      });
    }

    function watch(idle: number): void {
      const left = lastTraffic + idle - context.clock.now();
      context.clock.after(left, () => {
        if (inner.destroyed || forgotten) return;
        if (context.clock.now() - lastTraffic < idle) return watch(idle);
        forgotten = true;
        const rule = `idle-timeout ${durationText(idle)}`;
        const explanation = `no traffic for ${idle / 1000} s, so the connection was forgotten`;
        decided(context, attempt, { device: 'link', action: 'expire', rule, explanation });
      });
    }
  };
}
