import { pipeline, Transform } from 'node:stream';
import { decided } from '../../../../mocks/devices/decided.js';
import { silence } from '../../../../mocks/devices/splice.js';
import { tooBigDecision } from '../../../../model/policy/link.js';
import type { DeviceKind } from './device.js';

/** Headers of IPv4 and TCP without options. Bytes. */
const headers = 40;

/**
 * A line that is too narrow for full packets, with ICMP blocked. What is written at once goes in as large
 * packets as it can; of more than fits into a small one a packet is lost, again and again.
 */
export const pathMtu: DeviceKind = {
  atEdge(context, { site: { link } }) {
    const tooBig = tooBigDecision(link);
    if (!tooBig) return undefined;
    const most = (link.mtu ?? 0) - headers;
    return async (attempt, next) => {
      const outer = await next();
      const [client, inner] = await context.fabric.pair();
      inner.allowHalfOpen = true;
      outer.allowHalfOpen = true;
      let isLost = false;
      const direction = () =>
        new Transform({
          transform(chunk: Buffer, _, done) {
            if (isLost) return;
            if (chunk.length <= most) return done(null, chunk);
            isLost = true;
            decided(context, attempt, tooBig);
            client.destroy(silence(`${attempt.flow.host}: no answer: a packet was too big for the line`));
            outer.destroy();
          },
        });
      pipeline(inner, direction(), outer, () => {});
      pipeline(outer, direction(), inner, () => {});
      return client;
    };
  },
};
