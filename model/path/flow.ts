import type { Account, Operation, StackName } from '../evidence/vocabulary.js';

/** One connection that somebody on a server wants. */
export interface WantedFlow {
  /** The server's name. */
  server: string;
  account: Account;
  stack: StackName;
  /** A name or an address. */
  host: string;
  port: number;
  /** What for. */
  operation: Operation;
  /** What is spoken inside, which an inspector can spoil; absent: nothing that it could. */
  needs?: 'client-certificate' | 'websocket';
  /** True for what is asked inside the site, never through its proxy: applications, private resources. */
  direct?: true;
  /** The published application that is asked, by name. */
  application?: string;
}
