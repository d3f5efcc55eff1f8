import type { EventBody } from '../evidence/event.js';
import type { Account, Operation, ResultName, WindowsService } from '../evidence/vocabulary.js';
import type { AdministratorAction } from '../site/administration.js';
import type { AccessTarget } from '../site/private-access.js';

/**
 * What an engine can do in a lab, so that steps can be performed: each engine has its own way, and no
 * more than that. Who does a thing writes the evidence of it; what the harness tries by itself is
 * returned, and the step notes it.
 */
export interface Verbs {
  /** The connector software of a server attempts an operation. */
  operate(server: string, operation: Operation): Promise<void>;
  /** What is installed on a server, its registration with it, is put in place of what another has. */
  copyInstallation(from: string, to: string): Promise<void>;
  /** Somebody uses the services console of a server. */
  service(server: string, service: WindowsService, to: 'start' | 'stop'): Promise<void>;
  /** A user opens an external URL; the first who is no administrator, where none is named. */
  visit(url: string, user?: string): Promise<void>;
  /** A user's computer connects to a private resource. */
  access(target: AccessTarget): Promise<void>;
  /** An administrator changes something through Graph; the first of the tenant, where none is named. */
  administer(what: AdministratorAction, user?: string): Promise<void>;
  /** The administrator looks at the connectors page. */
  viewPortal(connector: string): Promise<void>;
  /** Lab time passes. Milliseconds. */
  pass(ms: number): Promise<void>;
  /** A TCP connection from a server, closed as soon as it stands. */
  connect(server: string, account: Account, host: string, port: number): Promise<Tried>;
  /** A name is asked for from a server; the server writes down the answer. */
  resolve(server: string, account: Account, name: string): Promise<void>;
  /** A TCP connection from outside to a server. */
  probe(server: string, port: number): Promise<Tried>;
  /** Ends when connectors have done with whatever users began. */
  idle(): Promise<void>;
  /** Writes an event as the harness. */
  note(event: EventBody): void;
}

/** How a connection ended that the harness tried by itself. */
export interface Tried {
  outcome: ResultName;
  /** Absent where it did not come so far. */
  connection?: string;
}
