import type { EngineName } from '../engines/select.js';

/** What `connector-lab ablate` takes. */
export interface AblateFlags {
  rows?: string;
  pairs?: true;
  engine: EngineName;
  out: string;
  json?: true;
  signal: AbortSignal;
}
