import type { Account, Operation } from '../evidence/vocabulary.js';
import type { AdministratorAction } from '../site/administration.js';
import type { AccessTarget } from '../site/private-access.js';

/** What a lab can be told to do. Data, so that it crosses a control channel and reads in a report. */
export type Step =
  /** The connector software of a server attempts an operation. */
  | { do: 'operate'; server: string; operation: Operation }
  /** A user opens an external URL. */
  | { do: 'visit'; url: string; user?: string }
  /** A user's computer connects to a private resource, through Private Access. */
  | ({ do: 'access' } & AccessTarget)
  /** An administrator changes something through Graph; the first of the tenant, where no user is named. */
  | { do: 'administer'; what: AdministratorAction; user?: string }
  /** The administrator looks at the connectors page. */
  | { do: 'view-portal'; connector: string }
  /** Lab time passes. Milliseconds. */
  | { do: 'pass'; ms: number }
  /** A TCP connection from a server, tried by the harness itself. */
  | { do: 'reach'; from: string; account: Account; host: string; port: number }
  /** Somebody outside tries to connect to a server. */
  | { do: 'knock'; server: string; port: number }
  /** Somebody uses the services console. */
  | { do: 'service'; server: string; service: 'connector' | 'updater'; to: 'start' | 'stop' };
