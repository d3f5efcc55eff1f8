import { durationText } from '../../site/duration.js';
import type { SettingKind } from '../request.js';

/** How long devices have to remember connections without traffic (hidden/idle-timeout). */
const neededMs = 4 * 60_000;

/** Devices on the way remember connections without traffic long enough. */
export const keepIdleConnections: SettingKind = {
  kind: 'keep-idle-connections',
  stops: ({ link }) => {
    const idleMs = link['idle-timeout'];
    if (idleMs === undefined || idleMs >= neededMs) return [];
    return [
      {
        device: 'link',
        setting: 'idle-timeout',
        rule: `idle-timeout ${durationText(idleMs)}`,
        explanation: `connections without traffic for ${durationText(idleMs)} are forgotten on the way, and the first request after a pause is lost`,
        operation: 'deliver',
        requirements: ['hidden/idle-timeout'],
      },
    ];
  },
  grant: (_, site) => ({ ...site, link: { ...site.link, 'idle-timeout': neededMs } }),
  words: () => 'Keep idle connections of the connectors open for at least four minutes.',
};
