import type { Timer } from '../network.js';

/** A connector that has registered. */
export interface RegisteredConnector {
  id: string;
  machineName: string;
  version: string;
  /** Lab time of the last bootstrap, milliseconds; absent: none since registration. */
  lastContact?: number;
  externalIp: string;
  /** Removes it, unless it reports again before. */
  removal?: Timer;
}
