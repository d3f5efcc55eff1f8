import type { TickColumn } from './ticks.js';

/**
 * What a column of a table says. `deny`: yes where a row is closed. `state`: whether a row is in force, `off`
 * where it is not. `ticket`: the status of a request. `open or closed`: one of these, of whatever. `udp`: ports of
 * UDP. `condition`: what else has to be met (users, hours, what is spoken).
 */
export type Column =
  | 'hosts'
  | 'ports'
  | 'action'
  | 'deny'
  | 'protocol'
  | 'direction'
  | 'interface'
  | 'source'
  | 'state'
  | 'off'
  | 'ticket'
  | 'open or closed'
  | TickColumn
  | 'priority'
  | 'comes-by'
  | 'goes-by'
  | 'udp'
  | 'condition'
  | 'other';
