import { decided } from '../../../../mocks/devices/decided.js';
import { refusal } from '../../../../mocks/devices/refusal.js';
import { linkDecision } from '../../../../model/policy/link.js';
import type { DeviceKind } from './device.js';

/** Address translation at the end of the site: it has so many ports for the connections to one place at once. */
export const natPorts: DeviceKind = {
  atEdge(context, { site: { link } }) {
    const ports = link['nat-ports'];
    const full = linkDecision(link, 'drop');
    if (ports === undefined || !full) return undefined;
    const taken = new Map<string, number>();
    return async (attempt, next) => {
      const { address, port } = attempt.flow;
      const place = `${address}:${port}`;
      const change = (by: number) => taken.set(place, (taken.get(place) ?? 0) + by);
      if ((taken.get(place) ?? 0) >= ports) {
        decided(context, attempt, full);
        throw refusal('drop', attempt.flow, attempt.connection);
      }
      change(1);
      try {
        const socket = await next();
        socket.once('close', () => change(-1));
        return socket;
      } catch (error) {
        change(-1);
        throw error;
      }
    };
  },
};
