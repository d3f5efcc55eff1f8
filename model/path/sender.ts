import type { Policy } from '../policy/decide.js';
import type { Flow } from '../policy/flow.js';

/** Whoever dials: a server as an account, or the proxy, which has none. */
export interface Sender {
  machine: string;
  account?: Flow['account'];
  /** Its own firewall, where it has one. */
  firewall?: Policy;
}

/** What hops may tell beyond what happens. */
export interface HopOptions {
  /** Whether they name the rule that came nearest, which takes as long as all else. */
  nearest?: true;
}
