import { synProxy as standing } from '../../../../mocks/devices/syn-proxy.js';
import type { DeviceKind } from './device.js';

/** A firewall that answers TCP to port 443 itself, before anybody else has. */
export const synProxy: DeviceKind = {
  atEdge(context, { site }) {
    const settings = site['syn-proxy'];
    if (!settings) return undefined;
    const stand = standing(context, settings);
    return async (attempt, next) => {
      if (attempt.flow.port !== 443) return next();
      const [client, inner] = await context.fabric.pair();
      void stand(attempt, inner, next);
      return client;
    };
  },
};
