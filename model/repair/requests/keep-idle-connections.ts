import { idleTimers } from '../../policy/idle.js';
import { durationText } from '../../site/duration.js';
import { withEdgeFirewalls } from '../../site/edge-firewalls.js';
import type { SettingKind } from '../request.js';

/** How long devices have to remember connections without traffic (hidden/idle-timeout). */
const neededMs = 4 * 60_000;

/** Devices on the way remember connections without traffic long enough. */
export const keepIdleConnections: SettingKind = {
  kind: 'keep-idle-connections',
  stops: (site) =>
    idleTimers(site)
      .filter(({ ms }) => ms < neededMs)
      .map(({ ms, firewall, expires: { device, rule } }) => ({
        ...{ device, rule, setting: 'idle-timeout' },
        ...(firewall !== undefined && { firewall }),
        explanation: `connections without traffic for ${durationText(ms)} are forgotten on the way, and the first request after a pause is lost`,
        operation: 'deliver',
        requirements: ['hidden/idle-timeout'],
      })),
  grant: ({ device, firewall }, site) =>
    device === 'link'
      ? { ...site, link: { ...site.link, 'idle-timeout': neededMs } }
      : withEdgeFirewalls(site, (one) => ({ ...one, 'idle-timeout': neededMs }), firewall),
  words: ({ device, firewall }) => {
    const where =
      device === 'link'
        ? ''
        : ` at ${firewall === undefined ? 'the edge firewall' : `the firewall "${firewall}"`}`;
    return `Keep idle connections of the connectors open for at least four minutes${where}.`;
  },
};
