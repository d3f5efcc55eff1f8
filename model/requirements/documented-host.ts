import type { Operation } from '../evidence/vocabulary.js';

/** One row of a requirements page's endpoint table. */
export interface DocumentedHost {
  /** As written on the page. */
  host: string;
  /** What a firewall rule needs: for a row that is a path, its host. */
  rule: string;
  match: 'exact' | 'suffix';
  port: 443 | 80;
  group: 'service' | 'revocation' | 'registration' | 'registration-http';
  purpose: string;
  /** Operations that use it, and in which step. */
  operations: readonly Operation[];
  step: string;
  /** A host of the lab that the row stands for. `<tenant>` is the tenant's id. */
  example: string;
  /** Why our reading goes further than the page, which is silent on what uses the row. */
  interpreted?: string;
  /** A wider row that opens this one too. */
  coveredBy?: string;
}

export type Environment = 'public' | 'us-government';

/** The id of a row's own requirement. */
export function rowId(row: Pick<DocumentedHost, 'host' | 'port'>): `hosts/${string}/${80 | 443}` {
  return `hosts/${row.host}/${row.port}`;
}
