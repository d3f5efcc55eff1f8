import type { Account } from '../evidence/vocabulary.js';

/** One connection as a firewall sees it. */
export interface Flow {
  /** Where it comes from: a server's name, or `proxy`. */
  machine: string;
  /** The Windows account whose process it is; absent where a proxy opened it. */
  account?: Account;
  /** The name that the client asked for, or the address. */
  host: string;
  /** The names that the device knows for the address; `host`, where absent. Empty: none. */
  names?: readonly string[];
  /** No resolver was asked for the name: what learns from its answers has learned nothing. */
  isUnasked?: true;
  address: string;
  port: number;
}
